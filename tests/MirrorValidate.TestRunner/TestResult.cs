namespace MirrorValidate.TestRunner;

/// <summary>What became of a test.</summary>
/// <param name="File">Its class.</param>
/// <param name="Name">Its name, with its data.</param>
/// <param name="Result">Passed, Failed or Skipped.</param>
/// <param name="Message">Why it failed or was skipped.</param>
internal sealed record TestResult(string File, string Name, string Result, string Message);
