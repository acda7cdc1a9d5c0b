using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

ProgramOptions options;
try
{
    options = ProgramOptions.Parse(args);
}
catch (Exception exception) when (exception is FormatException or IOException or CryptographicException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync(ProgramOptions.Usage);
    return 2;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

EmbeddedRegistry registry;
try
{
    registry = await EmbeddedRegistry.StartAsync(options.Registry);
}
catch (IOException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

await using (registry)
{
    if (options.SeedDemo)
    {
        DemoImages.Seed(registry.Store, registry.Store);
    }

    Console.WriteLine($"listening {registry.BaseAddress.GetLeftPart(UriPartial.Authority)}");
    if (options.StopOnEof)
    {
        await Task.WhenAny(stop.Task, ReadToEndAsync());
    }
    else
    {
        await stop.Task;
    }
}

return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}

// A read of standard input cannot be cancelled. On its own thread it does not delay the exit.
static Task ReadToEndAsync() => Task.Factory.StartNew(
    () =>
    {
        while (Console.In.Read() >= 0)
        {
        }
    },
    CancellationToken.None,
    TaskCreationOptions.LongRunning,
    TaskScheduler.Default);
