using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MirrorValidate.Shell.Hosting;

/// <content>Questions to the user.</content>
internal sealed partial class ShellUserInterface
{
    /// <summary>One line, or null at the end of the input.</summary>
    public override string ReadLine() => prompts.ReadLine()!;

    public override SecureString ReadLineAsSecureString() => prompts.ReadSecret();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        prompts.EnsureCanAsk();
        Introduce(caption, message);
        Dictionary<string, PSObject> answers = new(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
            answers[field.Name] = PSObject.AsPSObject(AskField(field));
        return answers;
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentOutOfRangeException.ThrowIfZero(choices.Count);
        prompts.EnsureCanAsk();
        Introduce(caption, message);
        ChoiceMenu menu = new(choices, defaultChoice);
        while (true)
        {
            Ask(menu.Question);
            string answer = prompts.ReadAnswer().Trim();
            if (answer == "?")
                Say(menu.Help);
            else if (menu.Choose(answer) is int choice)
                return choice;
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        prompts.EnsureCanAsk();
        Introduce(caption, message);
        while (string.IsNullOrEmpty(userName))
        {
            Ask("User: ");
            userName = prompts.ReadAnswer();
        }

        Ask(string.Create(CultureInfo.CurrentCulture, $"Password for user {userName}: "));
        return new PSCredential(userName, prompts.ReadSecret());
    }

    private object? AskField(FieldDescription field)
    {
        string label = string.IsNullOrEmpty(field.Label) ? field.Name : field.Label.Replace("&", "", StringComparison.Ordinal);
        Type type = Type.GetType(field.ParameterAssemblyFullName ?? "", throwOnError: false) ?? typeof(string);
        if (type == typeof(PSCredential))
            return PromptForCredential("", label, "", "");
        if (type == typeof(SecureString))
        {
            Ask(label + ": ");
            return prompts.ReadSecret();
        }

        if (type.IsArray || typeof(System.Collections.IList).IsAssignableFrom(type))
            return AskList(label, type);

        while (true)
        {
            Ask(label + ": ");
            string answer = prompts.ReadAnswer();
            if (answer.Length == 0 && field.DefaultValue is not null)
                return field.DefaultValue;
            if (LanguagePrimitives.TryConvertTo(answer, type, CultureInfo.CurrentCulture, out object? value))
                return value;
            Say($"'{answer}' is no {type.Name}.");
        }
    }

    /// <summary>Reads elements until an empty line.</summary>
    private object AskList(string label, Type type)
    {
        List<object> elements = [];
        while (true)
        {
            Ask(string.Create(CultureInfo.InvariantCulture, $"{label}[{elements.Count}]: "));
            string answer = prompts.ReadAnswer();
            if (answer.Length == 0)
                return LanguagePrimitives.ConvertTo(elements.ToArray(), type, CultureInfo.CurrentCulture);
            elements.Add(answer);
        }
    }

    private void Introduce(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            Say(PSStyle.Instance.Bold + caption + PSStyle.Instance.Reset);
        if (!string.IsNullOrEmpty(message))
            Say(message);
    }

    private void Ask(string text) => console.Write(console.PromptSink, text);

    private void Say(string text) => console.WriteLine(console.PromptSink, text);
}
