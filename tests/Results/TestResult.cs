using System.Text.Json;

namespace MirrorValidate.Tests.Results;

/// <summary>The result of a test that ran in another process.</summary>
/// <param name="File">The name of the test file or class.</param>
/// <param name="Name">The name of the test; in Pester with those of its blocks.</param>
/// <param name="Result">Passed, Failed or Skipped, and in Pester also Inconclusive or NotRun.</param>
/// <param name="Message">Why it failed or was skipped.</param>
public sealed record TestResult(string File, string Name, string Result, string Message)
{
    /// <summary>Reads what MirrorValidate.TestRunner has written.</summary>
    internal static TestResult[] Read(string path) =>
        [.. System.IO.File.ReadLines(path).Select(line => JsonSerializer.Deserialize<TestResult>(line)!)];

    /// <summary>The name that the test runner shows.</summary>
    public override string ToString() => $"{File}: {Name}";

    /// <summary>Makes it the result of the test that calls.</summary>
    internal void Report()
    {
        Skip.If(Result == "Skipped", Message is null or "" ? "skipped by its own condition" : Message);
        Assert.True(Result == "Passed", $"{Result}: {Message}");
    }
}
