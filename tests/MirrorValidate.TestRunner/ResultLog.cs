using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace MirrorValidate.TestRunner;

/// <summary>Keeps what became of each test.</summary>
internal sealed class ResultLog : IMessageSink
{
    private readonly ConcurrentQueue<TestResult> _results = new();

    internal IReadOnlyCollection<TestResult> Results => _results;

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

    private void Add(ITestMessage message, string result, string reason) => _results.Enqueue(
        new TestResult(ClassOf(message.TestCase), message.Test.DisplayName, result, reason));

    private static string Text(IFailureInformation failure) =>
        string.Join('\n', failure.Messages.Zip(failure.StackTraces, (text, trace) => $"{text}\n{trace}"));
}
