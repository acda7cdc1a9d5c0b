using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests;

/// <summary>
/// The client as a program of its own, for what it takes from a process's environment: proxies, the PATH, credential files. Prints
/// status, reason, number of requests and message, then the log.
/// </summary>
public static class ClientProgram
{
    /// <summary>Validates a line with the credentials of the environment's files.</summary>
    /// <param name="args">The line, a directory of certificates, and hosts named insecure.</param>
    public static async Task<int> Main(string[] args)
    {
        var options = new RegistryOptions
        {
            MaximumRetryCount = 0,
            CertificateDirectories = [args[1]],
            InsecureRegistries = [.. args.Skip(2).Select(RegistryHost.Parse)],
        };
        using var session = new RegistrySession(options);
        var credentials = new CredentialChain([.. CredentialFile.Defaults()]);
        var log = new ConsoleLog();
        using var cancel = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            // A line on standard input is Ctrl+C.
            if (await Console.In.ReadLineAsync() is not null) await cancel.CancelAsync();
        });
        var validator = new MirrorValidator(
            new CachingImageReader(session.CreateClient(RegistrySide.Source, credentials)),
            new CachingImageReader(session.CreateClient(RegistrySide.Destination, credentials)),
            new ValidationOptions(),
            log);
        try
        {
            MirrorImageResult result = await validator.ValidateAsync(ImageListEntry.Read(1, new ImageListLine(args[0], 1, Path: null)), cancel.Token);
            Console.WriteLine($"RESULT {result.Status} {result.Reason} {result.RequestCount} {result.Message}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("RESULT Cancelled");
            return 130;
        }
    }

    private sealed class ConsoleLog : ILogSink
    {
        public bool IsEnabled(LogLevel level) => true;

        public void Write(LogEvent logEvent) => Console.WriteLine(logEvent);
    }
}
