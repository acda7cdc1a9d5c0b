using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Reads YAML with line numbers, from the parser's events: a document cannot name a type to be created, and an alias
/// shares the value of its anchor instead of copying it. Nothing else uses YamlDotNet, so that it is loaded only when a
/// YAML file is read.
/// </summary>
internal sealed class YamlDocumentReader
{
    private readonly string _text;
    private readonly Parser _parser;
    private readonly Dictionary<string, DocumentNode> _anchors = new(StringComparer.Ordinal);

    private YamlDocumentReader(string text)
    {
        _text = text;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads the documents of a text, each when it is requested.</summary>
    /// <exception cref="ImageListFormatException">The document is not YAML, or the text exceeds a limit.</exception>
    internal static IEnumerable<DocumentNode> Read(string text)
    {
        var reader = new YamlDocumentReader(text);
        long weight = 0;
        while (reader.ReadDocument() is { } document)
        {
            weight += document.Weight;
            DocumentLimits.CheckWeight(weight, document.Line);
            yield return document;
        }
    }

    private DocumentNode? ReadDocument()
    {
        try
        {
            _parser.TryConsume<StreamStart>(out _);
            // Not earlier: consuming an event reads the next one, which may be broken.
            _parser.TryConsume<DocumentEnd>(out _);
            if (_parser.TryConsume<StreamEnd>(out _)) return null;
            _parser.Consume<DocumentStart>();
            // Anchors end with their document.
            _anchors.Clear();
            return ReadNode(depth: 1);
        }
        catch (YamlException e)
        {
            throw NotYaml(LineOf(e.Start));
        }
        catch (Exception e) when (e is not (ImageListFormatException or OutOfMemoryException))
        {
            // Bugs of the parser with text that is not YAML.
            throw NotYaml(_parser.Current is { } last ? LineOf(last.Start) : 1);
        }
    }

    // The parser's message may quote the text, and that may be a password.
    private ImageListFormatException NotYaml(int line) => TabAt(_text, line) is { } tab
        ? new ImageListFormatException("this is not YAML: a tab is no indentation, write spaces", tab)
        : new ImageListFormatException(
            "this is not YAML: look at the indentation, colons and quotes here and just before", line);

    private DocumentNode ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            // Its line is that of the alias; the lines of its contents are those of the anchor.
            return _anchors.TryGetValue(alias.Value.Value, out DocumentNode? node)
                ? node with { Line = LineOf(alias.Start) }
                : throw new ImageListFormatException(
                    "an alias (*) names an anchor (&) that does not end before it", LineOf(alias.Start));
        }

        if (_parser.Current is not NodeEvent start)
        {
            throw new ImageListFormatException(
                "this is not YAML: a key or a value is missing here", LineOf(_parser.Current!.Start));
        }

        DocumentNode read = start switch
        {
            MappingStart => ReadMapping(depth),
            SequenceStart => ReadSequence(depth),
            _ => ReadScalar(),
        };
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = read;
        return DocumentLimits.CheckWeight(read);
    }

    private DocumentScalar ReadScalar()
    {
        Scalar scalar = _parser.Consume<Scalar>();
        bool isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new DocumentScalar(isNull ? null : scalar.Value, LineOf(scalar.Start));
    }

    private DocumentSequence ReadSequence(int depth)
    {
        int line = LineOf(_parser.Consume<SequenceStart>().Start);
        DocumentLimits.CheckDepth(depth, line);
        var items = new List<DocumentNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(depth + 1));
        return new DocumentSequence(items, line);
    }

    private DocumentMapping ReadMapping(int depth)
    {
        int line = LineOf(_parser.Consume<MappingStart>().Start);
        DocumentLimits.CheckDepth(depth, line);
        var members = new List<DocumentMember>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            int keyLine = LineOf(_parser.Current!.Start);
            string key = ReadNode(depth + 1) is DocumentScalar { Text: var text }
                ? text ?? ""
                : throw new ImageListFormatException("a key is a list or a mapping, not a text", keyLine);
            members.Add(new DocumentMember(key, keyLine, ReadNode(depth + 1)));
        }

        return new DocumentMapping(Merged(members), line);
    }

    // The merge key (yaml.org/type/merge): a mapping's own members win over merged ones, and earlier merged mappings
    // over later ones.
    private static List<DocumentMember> Merged(List<DocumentMember> members)
    {
        if (!members.Exists(IsMerge)) return members;
        var merged = members.Where(member => !IsMerge(member)).ToList();
        var keys = merged.Select(member => member.Key).ToHashSet(StringComparer.Ordinal);
        foreach (DocumentMember member in members.Where(IsMerge))
        {
            IEnumerable<DocumentNode> others =
                member.Value is DocumentSequence sequence ? sequence.Items : [member.Value];
            merged.AddRange(others.SelectMany(other => other.Members).Where(inherited => keys.Add(inherited.Key)));
        }

        return merged;
    }

    private static bool IsMerge(DocumentMember member) => member.Key == "<<";

    private static int? TabAt(string text, int firstLine)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (++number >= firstLine && line[..^line.TrimStart().Length].Contains('\t')) return number;
        }

        return null;
    }

    private static int LineOf(Mark mark) => (int)Math.Clamp(mark.Line, 1, int.MaxValue);
}
