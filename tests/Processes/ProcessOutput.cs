namespace MirrorValidate.Tests.Processes;

/// <summary>The exit code and output of a finished process; line ends are LF.</summary>
internal sealed record ProcessOutput(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output that are not empty.</summary>
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
