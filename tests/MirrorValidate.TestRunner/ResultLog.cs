using System.Text.Json;
using Xunit.Abstractions;

namespace MirrorValidate.TestRunner;

/// <summary>Writes what became of each test, one JSON object a line, as the tests end.</summary>
internal sealed class ResultLog(TextWriter writer) : IMessageSink
{
    private readonly object _lock = new();

    internal int Count { get; private set; }

    internal int Failures { get; private set; }

    internal ManualResetEventSlim Finished { get; } = new();

    internal static string ClassOf(ITestCase test) => test.TestMethod.TestClass.Class.Name.Split('.')[^1];

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed passed:
                Add(passed, "Passed", "");
                break;
            case ITestSkipped skipped:
                Add(skipped, "Skipped", skipped.Reason);
                break;
            case ITestFailed failed:
                Add(failed, "Failed", Text(failed));
                break;
            case ITestAssemblyFinished:
                Finished.Set();
                break;
        }

        return true;
    }

    private void Add(ITestMessage message, string result, string reason)
    {
        var line = new TestResult(ClassOf(message.TestCase), message.Test.DisplayName, result, reason);
        lock (_lock)
        {
            Count++;
            if (result == "Failed") Failures++;
            writer.WriteLine(JsonSerializer.Serialize(line));
        }
    }

    private static string Text(IFailureInformation failure) =>
        string.Join('\n', failure.Messages.Zip(failure.StackTraces, (text, trace) => $"{text}\n{trace}"));
}
