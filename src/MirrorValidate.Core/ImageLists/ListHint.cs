using System.Text.RegularExpressions;

namespace MirrorValidate.ImageLists;

/// <summary>
/// Looks at the lines of a plain list as they go by. Where not one of them can be read, they are mostly something else
/// than a list, and their first lines tell what.
/// </summary>
internal sealed partial class ListHint
{
    /// <summary>What to say of a text with NUL characters.</summary>
    internal const string Utf16 = "looks like UTF-16 without a byte order mark: save it as UTF-8";

    private const int MaximumLines = 20;

    private readonly List<string> _lines = [];
    private bool _isList;
    private int _count;

    /// <summary>Passes entries on, and warns at their end.</summary>
    /// <param name="entries">The entries of a plain list.</param>
    /// <param name="path">The file.</param>
    /// <param name="warn">Told what the file looks like.</param>
    internal static IEnumerable<ImageListEntry> Watch(
        IEnumerable<ImageListEntry> entries, string path, Action<string>? warn)
    {
        var hint = new ListHint();
        foreach (ImageListEntry entry in entries)
        {
            hint.Note(entry);
            yield return entry;
        }

        if (hint.Of() is { } text) warn?.Invoke($"{path}: not one of {hint._count} lines can be read; it {text}");
    }

    private void Note(ImageListEntry entry)
    {
        if (_isList) return;
        _isList = entry.Error is null;
        _count++;
        if (_lines.Count < MaximumLines) _lines.Add(entry.Origin.Text);
    }

    private string? Of()
    {
        if (_isList || _lines.Count == 0) return null;
        string first = _lines[0].TrimStart();
        if (_lines.Exists(line => line.Contains('\0'))) return Utf16;
        if (Archive().IsMatch(first)) return "looks like an archive: unpack it first";
        if (Images().IsMatch(first))
            return "looks like the output of docker images: use docker images --format '{{.Repository}}:{{.Tag}}'";
        if (first.StartsWith('<'))
            return "looks like a web page, as a proxy or a log-in answers: download the list again";
        if (Document().IsMatch(first))
            return "looks like YAML or JSON: name it .yaml or .json, or name the format with -Format";
        return _lines.TrueForAll(line => line.AsSpan().ContainsAny(',', ';'))
            ? "looks like comma-separated values: name it .csv, or use -Format Csv"
            : null;
    }

    // gzip, zip and zstd, as they are when read as UTF-8.
    [GeneratedRegex(@"\A(?:\x1f\ufffd|PK\x03\x04|\(\ufffd/\ufffd)", RegexOptions.CultureInvariant)]
    private static partial Regex Archive();

    // The header, or without it a row: repository, tag, ID of 12 digits.
    [GeneratedRegex(
        @"\A(?:REPOSITORY\s|IMAGE\s+(?:TAG|ID)\s|\S+\s+\S+\s+[0-9a-f]{12}\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Images();

    [GeneratedRegex(@"\A(?:---|[{\[]|""?[A-Za-z][\w.-]*""?:(?:\s|\z))", RegexOptions.CultureInvariant)]
    private static partial Regex Document();
}
