using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Expansion;

/// <summary>How the tool that a list is written for selects tags.</summary>
/// <param name="Description">
/// What is selected, as it follows "the tags": <c>that match "v1.*"</c>; empty for all.
/// </param>
/// <param name="Select">Selects from the tags of the repository.</param>
internal sealed record TagChoice(string Description, Func<IReadOnlyList<string>, IEnumerable<string>> Select)
{
    /// <summary>All tags.</summary>
    internal static TagChoice All { get; } = new("", static tags => tags);

    /// <summary>The tags that match an expression.</summary>
    /// <param name="text">The expression as the list has it.</param>
    /// <param name="expression">The expression.</param>
    internal static TagChoice Matching(string text, Regex expression) =>
        Where($"that match \"{Printable.Of(text)}\"", expression.IsMatch);

    /// <summary>The versions in a range.</summary>
    /// <param name="text">The range as the list has it.</param>
    /// <param name="includes">Whether a tag is in it.</param>
    internal static TagChoice Within(string text, Func<string, bool> includes) =>
        Where($"in the range \"{Printable.Of(text)}\"", includes);

    /// <summary>The tags that a condition is true for.</summary>
    internal static TagChoice Where(string description, Func<string, bool> isSelected) =>
        new(description, tags => tags.Where(isSelected));

    /// <summary>Fewer of the tags.</summary>
    internal TagChoice And(Func<string, bool> isSelected) =>
        this with { Select = tags => Select(tags).Where(isSelected) };
}
