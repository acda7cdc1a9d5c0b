using System.Collections.ObjectModel;
using System.Management.Automation.Host;

namespace MirrorValidate.Shell.Hosting;

/// <summary>A list of choices with their hot keys: "&amp;Yes" is chosen by <c>y</c> or by <c>yes</c>.</summary>
internal sealed class ChoiceMenu
{
    private readonly List<(string Key, string Label, string Help)> _choices = [];
    private readonly int _default;

    public ChoiceMenu(Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _default = defaultChoice;
        foreach (ChoiceDescription choice in choices)
        {
            int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
            string label = choice.Label.Replace("&", "", StringComparison.Ordinal);
            string key = mark >= 0 && mark < label.Length ? label[mark].ToString().ToUpperInvariant() : label;
            _choices.Add((key, label, choice.HelpMessage ?? ""));
        }
    }

    /// <summary>The line that asks.</summary>
    public string Question
    {
        get
        {
            string keys = string.Join("  ", _choices.Select(choice => $"[{choice.Key}] {choice.Label}"));
            string suffix = HasDefault ? $" (default is \"{_choices[_default].Key}\")" : "";
            return $"{keys}  [?] Help{suffix}: ";
        }
    }

    /// <summary>One line for each choice.</summary>
    public string Help => string.Join(Environment.NewLine, _choices.Select(choice => $"{choice.Key} - {choice.Help}"));

    private bool HasDefault => _default >= 0 && _default < _choices.Count;

    /// <summary>The index of the choice that the answer names, or null for an answer that names none.</summary>
    public int? Choose(string answer)
    {
        if (answer.Length == 0)
            return HasDefault ? _default : null;
        int index = _choices.FindIndex(choice =>
            answer.Equals(choice.Key, StringComparison.OrdinalIgnoreCase) ||
            answer.Equals(choice.Label, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index;
    }
}
