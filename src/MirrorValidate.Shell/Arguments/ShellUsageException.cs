namespace MirrorValidate.Shell.Arguments;

/// <summary>The command line cannot be read; the message says which part, for the user.</summary>
internal sealed class ShellUsageException(string message) : Exception(message)
{
    /// <summary>The exit code of pwsh for a command line that it cannot read.</summary>
    public const int ExitCode = 64;
}
