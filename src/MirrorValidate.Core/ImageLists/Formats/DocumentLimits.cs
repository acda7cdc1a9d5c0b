namespace MirrorValidate.ImageLists.Formats;

/// <summary>The limits of a document. A list of a hundred thousand images is far below them.</summary>
internal static class DocumentLimits
{
    /// <summary>The length, in characters.</summary>
    internal const int MaximumLength = 16 * 1024 * 1024;

    /// <summary>How deep sequences and mappings may be nested, in levels.</summary>
    internal const int MaximumDepth = 32;

    /// <summary>The number of values, including those that aliases repeat: a short file can have billions.</summary>
    internal const int MaximumWeight = 1_000_000;

    /// <summary>Reads a text to its end.</summary>
    /// <exception cref="ImageListFormatException">It is too long.</exception>
    internal static string ReadText(TextReader reader)
    {
        var text = new System.Text.StringBuilder();
        char[] buffer = new char[32 * 1024];
        for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaximumLength)
            {
                throw new ImageListFormatException(
                    $"the document is longer than {MaximumLength} characters: "
                    + "split it, or write it as lines SOURCE DESTINATION TAG");
            }
        }

        return text.ToString();
    }

    /// <exception cref="ImageListFormatException">It is too deep.</exception>
    internal static void CheckDepth(int depth, int line)
    {
        if (depth <= MaximumDepth) return;
        throw new ImageListFormatException(
            $"the document has more than {MaximumDepth} levels in each other: no list needs as many", line);
    }

    /// <exception cref="ImageListFormatException">It has too many values.</exception>
    internal static T CheckWeight<T>(T node)
        where T : DocumentNode
    {
        CheckWeight(node.Weight, node.Line);
        return node;
    }

    /// <exception cref="ImageListFormatException">There are too many values.</exception>
    internal static void CheckWeight(long weight, int line)
    {
        if (weight <= MaximumWeight) return;
        throw new ImageListFormatException(
            $"the document has more than {MaximumWeight} values, those that its aliases repeat included: split it",
            line);
    }
}
