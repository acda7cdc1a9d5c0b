namespace MirrorValidate.Shell.Arguments;

/// <summary>The command line, read.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Text">The command text, or the path of the script file; empty in the other modes.</param>
/// <param name="ScriptArguments">What follows the script file on the command line.</param>
/// <param name="NonInteractive">Whether prompts fail instead of asking.</param>
internal sealed record ShellOptions(
    ShellMode Mode,
    string Text = "",
    IReadOnlyList<string>? ScriptArguments = null,
    bool NonInteractive = false);
