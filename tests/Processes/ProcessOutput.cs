namespace MirrorValidate.Tests.Processes;

/// <summary>What a finished process left behind; line ends are LF.</summary>
internal sealed record ProcessOutput(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output that are not empty.</summary>
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
