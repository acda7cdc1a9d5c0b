namespace MirrorValidate.Pester.Tests;

/// <summary>The result of a Pester test.</summary>
/// <param name="File">The name of the test file.</param>
/// <param name="Name">The names of its blocks and its own name.</param>
/// <param name="Result">Pester's result: Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Message">Why it failed or was skipped.</param>
public sealed record PesterResult(string File, string Name, string Result, string Message)
{
    /// <summary>The name that the test runner shows.</summary>
    public override string ToString() => $"{File}: {Name}";
}
