namespace MirrorValidate.Pester.Tests;

/// <summary>What came of one Pester test.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="Name">Its blocks and its name.</param>
/// <param name="Result">Pester's word: Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Message">Why it failed or was skipped.</param>
public sealed record PesterResult(string File, string Name, string Result, string Message)
{
    /// <summary>The name that the test runner shows.</summary>
    public override string ToString() => $"{File}: {Name}";
}
