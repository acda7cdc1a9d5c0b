using System.Diagnostics;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Runs a program and waits for its end.</summary>
internal static class ToolProcess
{
    /// <summary>The path of a program on the PATH; <see langword="null"/> if there is none.</summary>
    internal static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    internal static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string? input = null, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} ended with exit code {process.ExitCode}: {await errors}{await output}");
    }
}
