using System.Text.RegularExpressions;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// What the columns of a CSV file mean, by the words in their names: <c>Source</c>, <c>From</c>, <c>Image</c>,
/// <c>target_image</c>, <c>Destination Tag</c>. If several columns have the same meaning, the first is used.
/// </summary>
internal sealed partial class CsvHeader
{
    private static readonly string[] SourceWords = ["source", "src", "from", "origin", "original", "upstream"];
    private static readonly string[] DestinationWords = ["destination", "dest", "dst", "target", "to", "mirror"];
    private static readonly string[] NameWords = ["image", "name", "reference", "ref", "repository", "repo"];
    private static readonly string[] TagWords = ["tag", "tags", "version"];

    // Columns of results that are about a side but do not name an image.
    private static readonly string[] ResultWords = ["digest", "type", "spec"];
    private readonly string[] _names;

    private CsvHeader(string[] names, char separator)
    {
        _names = names;
        Separator = separator;
        Source = Find(words => IsName(words, SourceWords));
        if (Source < 0) Source = Find(IsImage);
        Destination = Find(words => IsName(words, DestinationWords));
        Tag = Find(words => IsTag(words, []));
        if (Tag < 0) Tag = Find(words => IsTag(words, SourceWords));
        DestinationTag = Find(words => IsTag(words, DestinationWords));
        Platform = Find(words => words is ["platform"]);
        Line = Find(words => words is ["line"]);
    }

    /// <summary>The field separator. Export-Csv -UseCulture writes the one of the current culture.</summary>
    internal static char[] Separators => [',', ';', '\t'];

    internal char Separator { get; }

    internal int Count => _names.Length;

    internal int Source { get; }

    internal int Destination { get; }

    internal int Tag { get; }

    internal int DestinationTag { get; }

    internal int Platform { get; }

    internal int Line { get; }

    /// <summary>The columns that are not read although their names suggest where an image is or went.</summary>
    internal IEnumerable<string> Unread => _names.Where((name, index) => !IsRead(index) && SaysWhere(Words(name)));

    /// <summary>Reads a header; <see langword="null"/> if none of its columns is a source.</summary>
    /// <param name="text">The line.</param>
    /// <param name="separators">The possible field separators.</param>
    internal static CsvHeader? Find(string text, IEnumerable<char> separators) =>
        separators
            .Select(separator => new CsvHeader(CsvRecords.Split(text, separator), separator))
            .FirstOrDefault(header => header.Source >= 0);

    private bool IsRead(int index) =>
        ((ReadOnlySpan<int>)[Source, Destination, Tag, DestinationTag, Platform, Line]).Contains(index);

    private int Find(Func<string[], bool> isMeant) => Array.FindIndex(_names, name => isMeant(Words(name)));

    private static bool IsName(string[] words, string[] sides) =>
        words.Any(sides.Contains) && words.All(word => sides.Contains(word) || NameWords.Contains(word));

    private static bool IsImage(string[] words) =>
        words.Any(word => word is "image" or "reference" or "ref") && words.All(NameWords.Contains);

    private static bool IsTag(string[] words, string[] sides) =>
        words.Any(TagWords.Contains)
        && words.Any(sides.Contains) == sides.Length > 0
        && words.All(word => TagWords.Contains(word) || NameWords.Contains(word) || sides.Contains(word));

    private static bool SaysWhere(string[] words) =>
        words.Length > 0
        && !ResultWords.Contains(words[^1])
        && (words.Any(word => DestinationWords.Contains(word) || word is "registry" or "host")
            || IsName(words, SourceWords));

    // "Target_Image", "targetImage" and "Target image" are two words.
    private static string[] Words(string name) =>
        [.. Word().Matches(name).Select(match => match.Value.ToLowerInvariant())];

    [GeneratedRegex(@"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
