using System.Collections.Concurrent;
using System.Net;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Windows.Tests.Wine;

/// <summary>
/// Starts embedded registries on Linux for scripts on Windows: a POST with the options, one a line, is answered with
/// HOST:PORT. Wine's own programs could not give them a signed image, since Wine makes no keys of elliptic curves.
/// </summary>
internal sealed class RegistryStarter : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentBag<DotNetProcess> _registries = [];
    private readonly Task _loop;

    internal RegistryStarter()
    {
        int port = Random.Shared.Next(20_000, 32_000);
        Address = $"http://127.0.0.1:{port}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _loop = AnswerAsync();
    }

    internal string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        foreach (DotNetProcess registry in _registries) await registry.DisposeAsync();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            string[] options = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await using var writer = new StreamWriter(context.Response.OutputStream);
            await writer.WriteAsync(await StartAsync(options));
        }
    }

    private async Task<string> StartAsync(string[] options)
    {
        DotNetProcess registry = DotNetProcess.Start(
            BuildValues.Get("EmbeddedRegistry"), ["--port", "0", "--seed", "demo", "--stop-on-eof", .. options]);
        _registries.Add(registry);
        string line = await registry.ReadLineAsync() ?? "";
        return line.Replace("listening http://", "", StringComparison.Ordinal);
    }
}
