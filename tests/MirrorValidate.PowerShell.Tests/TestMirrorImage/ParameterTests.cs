using System.Management.Automation;
using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

public sealed class ParameterTests : ModuleTest
{
    [Fact]
    public async Task The_throttle_limit_bounds_what_is_under_way()
    {
        Fault fault = Registries.Source.Faults.Add(new Fault { HangForever = true });
        string list = Shell.WriteFile("list.txt", [.. Enumerable.Range(1, 9).Select(number => Right($"image{number}"))]);
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list} -j 4");
        await Patience.UntilAsync(() => Registries.Source.Requests.Concurrency == 4, "four requests at the source");
        await script.StopAsync();
        Assert.Equal(4, fault.Hits);
        Assert.Equal(4, Registries.Source.Requests.PeakConcurrency);
    }

    [Theory]
    [InlineData("-s 'not a host'", "InvalidRegistry")]
    [InlineData("-s https://registry.example", "InvalidRegistry")]
    [InlineData("-d registry.example/project", "InvalidRegistry")]
    [InlineData("-d harbor", "AmbiguousRegistry")]
    [InlineData("-InsecureRegistry 'a b'", "InvalidRegistry")]
    [InlineData("-a ','", "InvalidArchitecture")]
    [InlineData("-DefaultProject 'My Project'", "InvalidProject")]
    [InlineData("-o missing-folder/failed.txt", "ImageListUnwritable")]
    [InlineData("-o .", "ImageListUnwritable")]
    [InlineData("-o Env:failed", "ImageListUnwritable")]
    [InlineData("-o NoSuchDrive:/failed", "ImageListUnwritable")]
    public void What_makes_the_run_impossible_ends_it_before_it_begins(string arguments, string errorId)
    {
        Outcome outcome = Shell.Run($"Test-MirrorImage {arguments}", Right());
        Assert.Empty(outcome.Output);
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.Equal($"{errorId},MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(0, Registries.Source.Requests.Count);
    }

    [Fact]
    public void The_retry_count_is_of_attempts_after_the_first()
    {
        string line = Right();
        Fault fault = Registries.Source.Faults.Add(new Fault { AbortConnection = true });
        Outcome outcome = Shell.Run("Test-MirrorImage -MaximumRetryCount 2 -ErrorAction SilentlyContinue", line);
        Assert.Equal("RegistryUnavailable", outcome.Text("Reason"));
        Assert.Equal(3, fault.Hits);
    }

    [Fact]
    public void The_timeout_is_of_an_image()
    {
        string line = Right();
        Registries.Destination.Faults.Add(new Fault { HangForever = true });
        Outcome outcome = Shell.Run("Test-MirrorImage -TimeoutSec 1 -ErrorAction SilentlyContinue", line);
        Assert.Equal("TimedOut", outcome.Text("Reason"));
    }

    [Fact]
    public async Task Credentials_are_of_their_side()
    {
        Registries.Source.Options.Authentication = new BasicAuthentication("reader", "one");
        Registries.Destination.Options.Authentication = new BasicAuthentication("mirror", "two");
        string line = Right();
        var variables = new Dictionary<string, object?> { ["from"] = Credential("reader", "one"), ["to"] = Credential("mirror", "two") };
        Assert.Equal("Passed", Shell.Run("Test-MirrorImage -SourceCredential $from -DestinationCredential $to", variables, line).Text("Status"));
        Outcome swapped = Shell.Run("Test-MirrorImage -SourceCredential $to -DestinationCredential $from", variables, line);
        Assert.Equal("Unauthorized", swapped.Text("Reason"));
        await Task.CompletedTask;
    }

    private static PSCredential Credential(string user, string password)
    {
        var secret = new System.Security.SecureString();
        foreach (char letter in password) secret.AppendChar(letter);
        return new PSCredential(user, secret);
    }
}
