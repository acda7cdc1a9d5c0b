using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Streams;

/// <summary>Writes text for the person at the screen, through the information stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to write; the elements of a list are separated.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Object", "Msg", "Message")]
    public object? Content { get; set; }

    /// <summary>Leaves the cursor on the line.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the elements of a list.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>The colour of the text.</summary>
    [Parameter]
    public ConsoleColor ForegroundColor { get; set; }

    /// <summary>The colour behind the text.</summary>
    [Parameter]
    public ConsoleColor BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        HostInformationMessage message = new() { Message = Text(Content), NoNewLine = NoNewline };
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ForegroundColor)))
            message.ForegroundColor = ForegroundColor;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(BackgroundColor)))
            message.BackgroundColor = BackgroundColor;
        WriteInformation(message, ["PSHOST"]);
    }

    private string Text(object? value) => value switch
    {
        null => "",
        PSObject { BaseObject: System.Collections.IList list } => Joined(list),
        System.Collections.IList list => Joined(list),
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };

    private string Joined(System.Collections.IList list) =>
        string.Join(LanguagePrimitives.ConvertTo<string>(Separator), list.Cast<object?>().Select(Text));
}
