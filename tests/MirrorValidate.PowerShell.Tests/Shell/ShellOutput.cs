namespace MirrorValidate.PowerShell.Tests.Shell;

/// <summary>What a finished shell left behind; line ends are LF.</summary>
internal sealed record ShellOutput(int ExitCode, string Output, string Error);
