namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>skopeo ended with an exit code other than 0.</summary>
public sealed class SkopeoException(IReadOnlyList<string> arguments, int exitCode, string standardError)
    : Exception($"skopeo {string.Join(' ', arguments)}: exit code {exitCode}\n{standardError}")
{
    public int ExitCode { get; } = exitCode;

    public string StandardError { get; } = standardError;
}
