using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// A <c>docker-credential-NAME</c> program (docker/docker-credential-helpers): runs <c>get</c> with the server on its
/// input, and reads JSON from its output. Errors name the program but never repeat its output, which may hold a secret.
/// </summary>
/// <param name="name">The NAME.</param>
/// <param name="configuredIn">The file that configures the helper, for messages.</param>
internal sealed partial class CredentialHelper(string name, string configuredIn)
{
    private const int MaximumOutput = 64 * 1024;
    private const string NotFound = "credentials not found in native keychain";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private string Program => $"docker-credential-{name}";

    /// <summary>Asks the helper for the credential of a registry.</summary>
    /// <returns>The credential; <see langword="null"/> if the helper has none.</returns>
    /// <exception cref="CredentialException">
    /// The helper cannot be run, failed, took longer than 30 seconds, or its output is not JSON.
    /// </exception>
    internal async Task<RegistryCredential?> GetAsync(RegistryHost registry, CancellationToken cancellationToken)
    {
        // The name becomes part of a file name, so it must not form a path.
        if (!HelperName().IsMatch(name)) throw Failure("its name is not one of letters, digits, . _ -");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeLimit);
        using Process process = Start(HelperPrograms.Find(Program) ?? throw Failure("it is not on the PATH"));
        try
        {
            // WaitAsync, because not every system can interrupt a read from a pipe. Killing the process ends it.
            return await AskAsync(process, registry, timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure($"it did not answer within {TimeLimit.TotalSeconds} s");
        }
        finally
        {
            Kill(process);
        }
    }

    private async Task<RegistryCredential?> AskAsync(
        Process process, RegistryHost registry, CancellationToken cancellationToken)
    {
        string server = registry.IsDockerHub ? "https://index.docker.io/v1/" : registry.Name;
        await TellAsync(process.StandardInput, server, cancellationToken).ConfigureAwait(false);
        Task drained = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        string output = await ReadAsync(process.StandardOutput.BaseStream, cancellationToken).ConfigureAwait(false);
        await drained.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode == 0) return Read(output);
        return output.Contains(NotFound, StringComparison.OrdinalIgnoreCase)
            ? null
            : throw Failure($"it ended with exit code {process.ExitCode}");
    }

    private static async Task TellAsync(StreamWriter input, string server, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteLineAsync(server.AsMemory(), cancellationToken).ConfigureAwait(false);
            input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading; its output and exit code show why.
        }
    }

    // Its child processes too.
    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended, or a child may not be killed. Nothing waits for either.
        }
    }

    private Process Start(string path)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(path, ["get"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw Failure("it cannot be started", e);
        }
    }

    private async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaximumOutput];
        int length =
            await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
        if (length == buffer.Length) throw Failure($"it answered more than {MaximumOutput} bytes");
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private RegistryCredential? Read(string output)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(output);
            string user = document.RootElement.GetProperty("Username").GetString() ?? "";
            string secret = document.RootElement.GetProperty("Secret").GetString() ?? "";
            if (secret.Length == 0) return null;
            return user == "<token>"
                ? RegistryCredential.IdentityToken(secret)
                : RegistryCredential.Basic(user, secret);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // No inner exception: its message may quote the output.
            throw Failure("its answer is not a JSON object with Username and Secret");
        }
    }

    private CredentialException Failure(string problem, Exception? innerException = null)
    {
        string failed = $"the credential helper {Program} (configured in {configuredIn}) failed: {problem}";
        return new CredentialException($"{failed}. No other credentials were tried.", innerException);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HelperName();
}
