using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

/// <summary>A list file for one test, and short forms of its entries.</summary>
internal static class ListText
{
    internal const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    internal const string Other = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    /// <summary>Reads a text as a file of a name.</summary>
    internal static IReadOnlyList<ImageListEntry> Read(string name, string text, ImageListFormat format = ImageListFormat.Auto)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("mirror-validate-");
        try
        {
            string path = Path.Combine(directory.FullName, name);
            File.WriteAllText(path, text);
            ImageListEntry[] entries = [.. ImageListFile.Read(path, format)];
            Assert.Equal(Enumerable.Range(1, entries.Length), entries.Select(entry => entry.Id));
            Assert.All(entries, entry => Assert.Equal(path, entry.Origin.Path));
            Assert.All(entries, entry => AssertSound(entry));
            return entries;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The problem of a text that is no list at all.</summary>
    internal static ImageListFormatException Refused(string name, string text, ImageListFormat format = ImageListFormat.Auto) =>
        Assert.Throws<ImageListFormatException>(() => Read(name, text, format));

    /// <summary>Each entry as <c>LINE: SOURCE DESTINATION TAG</c>, or <c>LINE! PROBLEM</c>.</summary>
    internal static IEnumerable<string> Shown(this IEnumerable<ImageListEntry> entries) =>
        entries.Select(entry => entry.Image is { } image
            ? $"{entry.Origin.Number}: {image.Source} {image.Destination ?? "-"} {image.Tag}"
            : $"{entry.Origin.Number}! {entry.Error!.Message[(entry.Origin.Location.Length + 2)..]}");

    /// <summary>The only entry, which has to be one that cannot be read.</summary>
    internal static (int Line, string Problem) Problem(this IReadOnlyList<ImageListEntry> entries)
    {
        ImageListEntry entry = Assert.Single(entries);
        Assert.NotNull(entry.Error);
        return (entry.Origin.Number, entry.Error.Message);
    }

    // What is written to the failed list says the same when it is read again: the entry, or that it cannot be read.
    private static void AssertSound(ImageListEntry entry)
    {
        Assert.True(entry.Image is null != entry.Error is null);
        Assert.DoesNotContain('\n', entry.Origin.Text);
        using var reader = new StringReader(entry.Origin.Text);
        ImageListLine line = Assert.Single(ImageListReader.Read(reader));
        ImageListEntry again = ImageListEntry.Read(1, line);
        Assert.Equal(entry.Image?.ToListLine(), again.Image?.ToListLine());
        if (entry.Error is not null) Assert.StartsWith($"{entry.Origin.Location}: ", entry.Error.Message, StringComparison.Ordinal);
    }
}
