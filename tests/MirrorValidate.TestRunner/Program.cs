using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using MirrorValidate.TestRunner;
using Xunit.Abstractions;
using Xunit.Sdk;

// TESTS.dll RESULTS [CLASS…]: runs the tests of the classes, or all of them, and writes what became of each.
string path = Path.GetFullPath(args[0]);
string folder = Path.GetDirectoryName(path)!;
AssemblyLoadContext.Default.Resolving += (context, name) =>
{
    string dependency = Path.Combine(folder, name.Name + ".dll");
    return File.Exists(dependency) ? context.LoadFromAssemblyPath(dependency) : null;
};

Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
using var results = new StreamWriter(args[1]) { AutoFlush = true };
var log = new ResultLog(results);
using var framework = new XunitTestFramework(log);
var options = new Options();
// The data of a theory is made when it runs, so that a failure there fails the theory and not the discovery.
options.SetValue("xunit.discovery.PreEnumerateTheories", false);
List<ITestCase> cases = Discover();
// Not on the thread of Main: after some exceptions Wine loses the thread that has caught them, and the process with the
// thread of Main never ends.
var thread = new Thread(RunTests);
thread.Start();
thread.Join();
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}: {log.Count} tests, {log.Failures} failed");
return log.Failures == 0 ? 0 : 1;

void RunTests()
{
    using ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName());
    executor.RunTests(cases, log, options);
    log.Finished.Wait();
}

List<ITestCase> Discover()
{
    var classes = args[2..].ToHashSet(StringComparer.Ordinal);
    using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
    var found = new List<ITestCase>();
    foreach (Type type in assembly.GetTypes().Where(type => classes.Count == 0 || classes.Contains(type.Name)))
    {
        var sink = new Discovery();
        discoverer.Find(type.FullName, false, sink, options);
        sink.Finished.Wait();
        found.AddRange(sink.Cases);
    }

    return found;
}
