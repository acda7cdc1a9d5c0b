using Xunit.Abstractions;

namespace MirrorValidate.TestRunner;

/// <summary>Collects the tests of an assembly.</summary>
internal sealed class Discovery : IMessageSink
{
    internal List<ITestCase> Cases { get; } = [];

    internal ManualResetEventSlim Finished { get; } = new();

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestCaseDiscoveryMessage found) Cases.Add(found.TestCase);
        if (message is IDiscoveryCompleteMessage) Finished.Set();
        return true;
    }
}
