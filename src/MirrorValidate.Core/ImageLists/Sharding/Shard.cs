using System.Globalization;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Sharding;

/// <summary>One of the parts that a list is split into, so that several machines validate it together.</summary>
/// <param name="Index">Which one, from 1 to <paramref name="Count"/>.</param>
/// <param name="Count">The number of parts.</param>
internal sealed record Shard(int Index, int Count)
{
    private const int MaximumCount = 100_000;

    /// <summary>Reads <c>I/N</c>.</summary>
    /// <exception cref="FormatException">It is no shard.</exception>
    internal static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2 || !TryParse(parts[0], out int index) || !TryParse(parts[1], out int count))
            throw new FormatException($"\"{Printable.Of(text)}\" is not I/N, two numbers such as 1/4");
        if (count is < 1 or > MaximumCount)
            throw new FormatException($"\"{Printable.Of(text)}\": the number of shards must be 1 to {MaximumCount}");
        return index >= 1 && index <= count
            ? new Shard(index, count)
            : throw new FormatException($"\"{Printable.Of(text)}\": the shards of {count} are 1 to {count}");
    }

    /// <summary>Reads what a file says; <see langword="null"/> if it is no shard.</summary>
    internal static Shard? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The shard as <c>I/N</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
