using System.Text.RegularExpressions;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>The log in PowerShell's own streams, in the words and the form of image-tools.</summary>
public sealed partial class LogTests : ModuleTest
{
    private const string Passed = "PASS";

    [Fact]
    public void Each_line_has_time_level_and_entry()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -Verbose -Debug -j 3", Right(), Stale(), Missing(), Unknown(), "an unreadable list line");
        Assert.All(outcome.Verbose.SkipLast(1), line => Assert.Matches(VerboseLine(), line));
        Assert.All(outcome.Debug, line => Assert.Matches(DebugLine(), line));
        Assert.Equal(["1", "2", "3", "4", "5"], outcome.Verbose.SkipLast(1).Select(line => Id().Match(line).Groups[1].Value).Distinct().Order());
        Assert.Empty(outcome.Warnings);
        Assert.Equal(2, outcome.Errors.Count);
    }

    [Fact]
    public void A_pass_and_a_failure_read_as_image_tools_writes_them()
    {
        string source = $"{Registries.Source.Host}/library";
        string destination = $"{Registries.Destination.Host}/mirror";
        Outcome outcome = Shell.Run("Test-MirrorImage -Verbose", Right("x"), Missing("y"));
        Assert.Contains(outcome.Verbose, line => line.EndsWith($"[INFO] [M_ID:1] {Passed} [{source}/x:v1] == [{destination}/x:v1]", StringComparison.Ordinal));
        Assert.Contains(outcome.Verbose, line => line.EndsWith($"[ERRO] [M_ID:2] FAILED [{source}/y:v1]", StringComparison.Ordinal));
        Assert.Contains(outcome.Verbose, line => line.Contains("[ERRO] [M_ID:2] Validate failed: destination manifest does not exists", StringComparison.Ordinal));
    }

    [Fact]
    public void A_spec_mismatch_shows_both_specs()
    {
        BuiltManifest source = SampleImages.DockerList("new", [ImagePlatform.LinuxAmd64]);
        BuiltManifest destination = SampleImages.DockerList("old", [ImagePlatform.LinuxAmd64]);
        Outcome outcome = Shell.Run("Test-MirrorImage -Verbose", Registries.Add("x", source, destination));
        foreach ((string name, BuiltManifest list) in new[] { ("srcSpec", source), ("dstSpec", destination) })
        {
            string expected = $$"""
                [ERRO] [M_ID:1] {{name}}: [
                    {
                        "digest": "{{list.Children[0].Digest}}",
                        "platform": {
                            "architecture": "amd64",
                            "os": "linux"
                        }
                    }
                ]
                """;
            Assert.Contains(outcome.Verbose, line => line.EndsWith(expected, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_stream_that_shows_nothing_gets_nothing()
    {
        string line = Right();
        Outcome silent = Shell.Run("Test-MirrorImage", line);
        Assert.Empty(silent.Verbose.Concat(silent.Debug));
    }

    [Theory]
    [InlineData("$VerbosePreference = 'Continue'; Test-MirrorImage -InputObject $line", true, false)]
    [InlineData("$VerbosePreference = 'Continue'; Test-MirrorImage -InputObject $line -Verbose:$false", false, false)]
    [InlineData("$DebugPreference = 'Continue'; Test-MirrorImage -InputObject $line", false, true)]
    [InlineData("$PSDefaultParameterValues = @{ 'Test-MirrorImage:Verbose' = $true }; Test-MirrorImage -InputObject $line", true, false)]
    public void Preferences_decide_what_is_shown(string script, bool verbose, bool debug)
    {
        Outcome outcome = Shell.Run(script, new Dictionary<string, object?> { ["line"] = Right() });
        Assert.Equal(verbose, outcome.Verbose.Any(text => text.Contains(Passed, StringComparison.Ordinal)));
        Assert.Equal(debug, outcome.Debug.Count > 0);
    }

    [GeneratedRegex(@"\A\d\d:\d\d:\d\d \[(INFO|WARN|ERRO)\] \[M_ID:\d+\] \S")]
    private static partial Regex VerboseLine();

    [GeneratedRegex(@"\A\d\d:\d\d:\d\d \[DEBU\] \[M_ID:\d+\] \S")]
    private static partial Regex DebugLine();

    [GeneratedRegex(@"M_ID:(\d+)")]
    private static partial Regex Id();
}
