namespace MirrorValidate.ImageLists.Formats;

/// <summary>A value in a JSON or YAML document.</summary>
/// <param name="Line">The line that it begins on, counted from 1.</param>
/// <param name="Weight">
/// How many values it has, itself included. Values of an alias count each time that it is used.
/// </param>
internal abstract record DocumentNode(int Line, long Weight)
{
    /// <summary>The text of a scalar; <see langword="null"/> for anything else.</summary>
    internal virtual string? Text => null;

    /// <summary>The members of a mapping; empty for anything else.</summary>
    internal virtual IReadOnlyList<DocumentMember> Members => [];

    /// <summary>The items of a sequence; empty for anything else.</summary>
    internal virtual IReadOnlyList<DocumentNode> Items => [];

    /// <summary>Whether the value is <c>null</c>, <c>~</c>, or missing.</summary>
    internal bool IsNull => this is DocumentScalar { Text: null };

    /// <summary>The value of a member; <see langword="null"/> if there is none with that name.</summary>
    /// <exception cref="ImageListFormatException">
    /// There are several: to use one of them would lose what the others name.
    /// </exception>
    internal DocumentNode? this[string key]
    {
        get
        {
            DocumentMember? found = null;
            foreach (DocumentMember member in Members)
            {
                if (member.Key != key) continue;
                if (found is not null)
                {
                    throw new ImageListFormatException(
                        $"the key \"{key}\" is in line {found.Line} already: put both together", member.Line);
                }

                found = member;
            }

            return found?.Value;
        }
    }

    /// <summary>The items of a list under a key; empty if it is left out or empty.</summary>
    /// <exception cref="ImageListFormatException">It is not a list, or there are several.</exception>
    internal IReadOnlyList<DocumentNode> List(string key) => this[key] switch
    {
        null or { IsNull: true } => [],
        DocumentSequence list => list.Items,
        var other => throw new ImageListFormatException($"\"{key}\" is a list", other.Line),
    };
}

/// <summary>A text, number or Boolean, as it is written; <see langword="null"/> for null.</summary>
internal sealed record DocumentScalar(string? Value, int Line) : DocumentNode(Line, 1)
{
    internal override string? Text => Value;
}

/// <summary>A sequence.</summary>
internal sealed record DocumentSequence(IReadOnlyList<DocumentNode> All, int Line)
    : DocumentNode(Line, 1 + All.Sum(item => item.Weight))
{
    internal override IReadOnlyList<DocumentNode> Items => All;
}

/// <summary>A mapping, with its members in order; a repeated key is kept as often as it is written.</summary>
internal sealed record DocumentMapping(IReadOnlyList<DocumentMember> All, int Line)
    : DocumentNode(Line, 1 + All.Sum(member => member.Value.Weight))
{
    internal override IReadOnlyList<DocumentMember> Members => All;
}

/// <summary>A member of a mapping.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Line">The line of the name.</param>
/// <param name="Value">Its value.</param>
internal sealed record DocumentMember(string Key, int Line, DocumentNode Value);
