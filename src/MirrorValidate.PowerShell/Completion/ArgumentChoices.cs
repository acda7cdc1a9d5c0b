using System.Management.Automation;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Makes completion results for an argument.</summary>
internal static class ArgumentChoices
{
    /// <summary>The choices that begin with the word typed, quoted where PowerShell needs quotes.</summary>
    /// <param name="choices">The choices with their tool tips.</param>
    /// <param name="typed">The word; may begin with a quote.</param>
    internal static IEnumerable<CompletionResult> Matching(
        IEnumerable<(string Choice, string ToolTip)> choices, string? typed)
    {
        string start = (typed ?? "").Trim('\'', '"');
        return choices
            .Where(one => one.Choice.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(one => one.Choice, StringComparer.OrdinalIgnoreCase)
            .Select(one => new CompletionResult(
                IsBareWord(one.Choice) ? one.Choice : $"'{one.Choice}'",
                one.Choice,
                CompletionResultType.ParameterValue,
                one.ToolTip));
    }

    // A leading digit begins a number, a bracket a type.
    private static bool IsBareWord(string text) =>
        !char.IsAsciiDigit(text[0]) && text.All(IsBareWordCharacter);

    private static bool IsBareWordCharacter(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '/' or '*';
}
