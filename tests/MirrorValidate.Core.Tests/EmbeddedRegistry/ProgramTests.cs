using System.Diagnostics;
using System.Net;
using MirrorValidate.Embedded;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class ProgramTests
{
    [Fact]
    public async Task Process_says_where_it_listens_serves_the_demo_and_stops_at_the_end_of_its_input()
    {
        using var process = Start("--port", "0", "--seed", "demo", "--stop-on-eof");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Matches("^listening http://127\\.0\\.0\\.1:[0-9]+$", line);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(line!["listening ".Length..]) };
            using var response = await client.GetAsync("/v2/mirror/alpine/manifests/3.20");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);

            process.StandardInput.Close();

            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(0, process.ExitCode);
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
            Assert.Equal("", await process.StandardError.ReadToEndAsync());
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--port")]
    [InlineData("--port", "70000")]
    [InlineData("--address", "nowhere")]
    [InlineData("--seed", "other")]
    [InlineData("--user", "nobody")]
    public void Wrong_options_are_refused(params string[] arguments) =>
        Assert.Throws<FormatException>(() => ProgramOptions.Parse(arguments));

    [Fact]
    public void Options_are_read()
    {
        var options = ProgramOptions.Parse(["--port", "81", "--address", "::1", "--latency", "50", "--user", "a:b:c", "--no-journal"]);

        Assert.Equal(81, options.Registry.Port);
        Assert.Equal(IPAddress.IPv6Loopback, options.Registry.Address);
        Assert.Equal(TimeSpan.FromMilliseconds(50), options.Registry.Latency);
        Assert.Equal("b:c", options.Registry.Authentication!.Users["a"]);
        Assert.False(options.Registry.RecordRequests);
        Assert.False(options.SeedDemo);
        Assert.False(options.StopOnEof);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(ProgramOptions).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
