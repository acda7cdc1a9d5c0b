using System.Management.Automation;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Offers texts to complete an argument with.</summary>
internal static class ArgumentChoices
{
    /// <summary>Those of the choices that begin with what was typed, quoted where a script needs quotes.</summary>
    /// <param name="choices">The choices with what they are.</param>
    /// <param name="typed">What was typed; may begin with a quote.</param>
    internal static IEnumerable<CompletionResult> Matching(IEnumerable<(string Choice, string ToolTip)> choices, string? typed)
    {
        string start = (typed ?? "").Trim('\'', '"');
        return choices
            .Where(one => one.Choice.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(one => one.Choice, StringComparer.OrdinalIgnoreCase)
            .Select(one => new CompletionResult(
                IsBareWord(one.Choice) ? one.Choice : $"'{one.Choice}'", one.Choice, CompletionResultType.ParameterValue, one.ToolTip));
    }

    // A number alone would be read as one; a bracket begins a type.
    private static bool IsBareWord(string text) =>
        text == "*" || (!char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':'));
}
