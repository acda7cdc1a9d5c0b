using System.Text;
using CsCheck;
using MirrorValidate.Core.Tests.References;
using MirrorValidate.ImageLists;
using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class ImageListPropertyTests
{
    private static readonly MirrorSettings Settings = new() { DestinationRegistry = RegistryHost.Parse("mirror.example") };

    [Fact]
    public void Any_bytes_are_entries_or_entries_with_an_error_one_for_each_line() =>
        Gen.OneOf(Gen.Byte.Array[0, 400], Gen.OneOfConst((byte)'a', (byte)'/', (byte)':', (byte)' ', (byte)'\n', (byte)'\r', (byte)'#', (byte)0xC3).Array[0, 400])
            .Sample(bytes =>
            {
                using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
                int last = 0;
                foreach (ImageListLine line in ImageListReader.Read(reader))
                {
                    Assert.True(line.Number > last);
                    last = line.Number;
                    CheckEntry(line);
                }
            });

    [Fact]
    public void Any_text_is_an_entry_or_an_entry_with_an_error() =>
        ReferenceGen.Noise.Array[1, 4].Sample(fields => CheckEntry(new ImageListLine(string.Join(' ', fields), 7, "list.txt")));

    [Fact]
    public void An_entry_survives_being_written_as_a_line_and_read() =>
        Gen.Select(ReferenceGen.Name, ReferenceGen.Host, ReferenceGen.Path, ReferenceGen.Tag, Gen.Bool).Sample((source, host, path, tag, isSingle) =>
        {
            string destination = $"{host}/{path}";
            MirrorImage image = isSingle
                ? MirrorImage.Parse(new ImageListLine(source, 1, null))
                : MirrorImage.Create(new ImageListLine("", 1, null), WithoutTag(source), destination, tag);
            MirrorImage again = MirrorImage.Parse(new ImageListLine(image.ToListLine(), 1, null));
            Assert.Equal(image.ToListLine(), again.ToListLine());
            Assert.Equal(image.Resolve(Settings), again.Resolve(Settings));
            Assert.Equal((image.Source, image.Destination, image.Tag), (again.Source, again.Destination, again.Tag));
        });

    private static string WithoutTag(string name) => (ImageName.Parse(name) with { Tag = null }).ToString();

    private static void CheckEntry(ImageListLine line)
    {
        ImageListEntry entry = ImageListEntry.Read(3, line);
        Assert.Equal(3, entry.Id);
        Assert.Same(line, entry.Origin);
        Assert.True(entry.Image is null != entry.Error is null, "an entry is either read or an error");
        if (entry.Error is { } error)
        {
            Assert.StartsWith(line.Location + ": ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
            Assert.True(error.Message.Length < 1000, "the message repeats the line");
        }
        else
        {
            Assert.NotNull(entry.Image!.Resolve(Settings).Source);
        }
    }
}
