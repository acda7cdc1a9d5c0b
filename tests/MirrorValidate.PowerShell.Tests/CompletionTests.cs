using System.Management.Automation;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests;

/// <summary>What the Tab key offers. Sets environment variables, so nothing runs beside it.</summary>
[Collection("environment")]
public sealed class CompletionTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public CompletionTests()
    {
        Directory.CreateDirectory(_shell.FilePath("docker"));
        File.WriteAllText(
            _shell.FilePath("docker/config.json"),
            """{"auths":{"https://index.docker.io/v1/":{},"login.example:5000":{"auth":"bm90OnNob3du"}},"credHelpers":{"helper.example":"none"}}""");
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", _shell.FilePath("docker"));
        Environment.SetEnvironmentVariable("REGISTRY_AUTH_FILE", null);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", null);
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Test-MirrorImage -Architecture ", "amd64 arm64 arm '386' ppc64le s390x riscv64 loong64 mips64le *")]
    [InlineData("Test-MirrorImage -a ar", "arm64 arm")]
    [InlineData("Test-MirrorImage -a amd64,s", "s390x")]
    [InlineData("Test-MirrorImage -a 'p", "ppc64le")]
    [InlineData("Get-ManifestList x -Architecture riscv", "riscv64")]
    [InlineData("Test-MirrorImage -Comparison ", "Digest ManifestList Platform")]
    [InlineData("Test-MirrorImage -Comparison p", "Platform")]
    public void Architectures_and_comparisons(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Complete(line)));

    [Theory]
    [InlineData("Test-MirrorImage -s ", "docker.io helper.example login.example:5000")]
    [InlineData("Test-MirrorImage -d l", "login.example:5000")]
    [InlineData("Get-ManifestList x -InsecureRegistry login", "login.example:5000")]
    [InlineData("Test-MirrorImage -TrustedRealm h", "helper.example")]
    public void Registries_with_a_login(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Complete(line)));

    [Theory]
    [InlineData("Test-MirrorImage -f list.txt -s ", "source.example:5000 '[::1]:5001'")]
    [InlineData("Test-MirrorImage -f ./lis*.txt -d ", "destination.example")]
    [InlineData("Test-MirrorImage -LiteralPath list.txt -DestinationRegistry de", "destination.example")]
    [InlineData("Test-MirrorImage -f list.txt -InsecureRegistry ", "source.example:5000 destination.example '[::1]:5001'")]
    [InlineData("Test-MirrorImage -f missing.txt -s ", "")]
    public void Registries_of_the_list_come_first(string line, string expected)
    {
        _shell.WriteFile("list.txt", "# comment", "source.example:5000/a destination.example/b c", "unreadable", "alpine alpine 3.20", "[::1]:5001/x y z");
        string[] logins = ["docker.io", "helper.example", "login.example:5000"];
        Assert.Equal(expected, string.Join(' ', Complete(line).TakeWhile(text => !logins.Contains(text))));
    }

    [Fact]
    public void A_credential_file_that_cannot_be_read_offers_nothing_and_breaks_nothing()
    {
        File.WriteAllText(_shell.FilePath("docker/config.json"), "no JSON");
        Assert.Equal(["docker.io"], Complete("Test-MirrorImage -s "));
    }

    private string[] Complete(string line)
    {
        Outcome outcome = _shell.Run("TabExpansion2 -inputScript $line -cursorColumn $line.Length", new Dictionary<string, object?> { ["line"] = line });
        return [.. ((CommandCompletion)outcome.Only.BaseObject).CompletionMatches.Select(match => match.CompletionText)];
    }
}
