using System.Globalization;
using System.Text.RegularExpressions;
using MirrorValidate.Manifests;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Test-MirrorImage, and every other tool that is installed.</summary>
internal static partial class Contenders
{
    internal const string Warm = "Test-MirrorImage, warm";
    internal const string OneAtATime = $"{Warm}, one at a time";
    internal const string Cold = "Test-MirrorImage, cold process";
    internal const string First = $"{Cold}, one image";
    internal const string Start = "pwsh start alone";
    internal const string Wrk = "wrk, the same number of requests";
    internal const string Skopeo = "skopeo inspect --raw, twice an image";
    internal const string Hangar = "hangar mirror validate";
    internal const string Regsync = "regsync check";

    /// <summary>The requests for a correct image with two compared platforms: two lists, two entries.</summary>
    private const int RequestsPerImage = 4;

    internal static IEnumerable<Contender> Create(
        MirroredImages images, WarmModule module, string pwsh, EndToEndOptions options)
    {
        string throttle = options.Throttle.ToString(CultureInfo.InvariantCulture);
        yield return new Contender(Warm, () => Measured(() => module.Validate(images.ListPath, options.Throttle)));
        yield return new Contender(OneAtATime, () => Measured(() => module.Validate(images.ListPath, 1)));
        yield return Script(
            Cold,
            $"if (-not (Test-MirrorImage -f '{images.ListPath}' -j {throttle} -NoFailedList -Quiet)) {{ exit 1 }}");
        yield return Script(
            First,
            $"if (-not (Get-Content '{images.ListPath}' | Select-Object -First 1 | "
            + "Test-MirrorImage -NoFailedList -Quiet)) { exit 1 }");
        yield return Process(Start, pwsh, ["-NoProfile", "-NonInteractive", "-Command", "exit 0"]);
        if (options.Latency is not null) yield break;
        if (ToolProcess.Find("wrk") is { } wrk)
            yield return new Contender(Wrk, async () => await WrkAsync(wrk, images, throttle));
        if (ToolProcess.Find("skopeo") is { } skopeo)
            yield return PerReference(Skopeo, [skopeo, "inspect", "--raw", "--tls-verify=false"], "docker://");
        if (ToolProcess.Find("crane") is { } crane)
            yield return PerReference("crane digest, twice an image", [crane, "digest", "--insecure"], "");
        if (ToolProcess.Find("hangar") is { } hangar)
        {
            yield return Process(
                Hangar, hangar,
                [
                    "mirror", "validate", "--file", images.ListPath, "--jobs", throttle, "--arch", "amd64,arm64",
                    "--tls-verify=false", "--auto-yes",
                ]);
        }

        if (ToolProcess.Find("regsync") is { } regsync)
            yield return Process(
                Regsync, regsync, ["check", "--config", RegsyncConfiguration.Write(images, options.Throttle)]);

        Contender Script(string name, string script) => Process(name, pwsh, InstalledPwsh.Arguments(script));

        Contender Process(string name, string program, IEnumerable<string> arguments) =>
            new(name, async () =>
            {
                await ToolProcess.RunAsync(program, arguments, directory: images.WorkDirectory);
                return null;
            });

        Contender PerReference(string name, IEnumerable<string> command, string prefix) =>
            new(name, async () =>
            {
                string input = string.Join('\n', images.References.Select(reference => prefix + reference));
                await ToolProcess.RunAsync(
                    "xargs", ["-P", throttle, "-n", "1", .. command], input, images.WorkDirectory);
                return null;
            });
    }

    private static Task<TimeSpan?> Measured(Action run)
    {
        run();
        return Task.FromResult<TimeSpan?>(null);
    }

    // wrk runs for a fixed time: the time for the number of requests follows from its rate.
    private static async Task<TimeSpan?> WrkAsync(string wrk, MirroredImages images, string connections)
    {
        string url = $"http://{images.Destination}/v2/bench/image0/manifests/v1";
        string output = await ToolProcess.RunAsync(
            wrk, ["-t", "2", "-c", connections, "-d", "3s", "-H", $"Accept: {MediaTypes.Accept}", url]);
        double rate = double.Parse(RequestRate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(images.Count * RequestsPerImage / rate);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex RequestRate();
}
