using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Credentials that are kept for a part of a registry, and where files with them lie.</summary>
public sealed class CredentialPathTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("paths");
    private Mirror _mirror = null!;

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        _mirror.Put(_mirror.Image, "other/app");
    }

    public async Task DisposeAsync()
    {
        await _mirror.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_parts_of_a_registry_are_asked_for_with_two_credentials()
    {
        var bearer = new BearerAuthentication
        {
            Users = new Dictionary<string, string> { ["team"] = "team password", ["rest"] = "rest password" },
            Policy = (user, name, _) => name.StartsWith("team/", StringComparison.Ordinal) == (user == "team"),
        };
        _mirror.Destination.Options.Authentication = bearer;
        using var run = new Run(destination: new CredentialFile(WriteFile("auth.json")));

        foreach (string line in new[] { _mirror.Line, _mirror.LineOf("other/app"), _mirror.Line })
        {
            MirrorImageResult result = await run.ValidateAsync(line);
            Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
        }

        Assert.Equal(["rest", "team"], bearer.Tokens.Issued.Select(token => token.User).Order());
    }

    [Theory]
    [InlineData("", ".config", "containers", "auth.json")]
    [InlineData("elsewhere", "elsewhere", "containers", "auth.json")]
    [InlineData("", ".docker", "config.json")]
    public async Task The_files_of_the_home_directory_are_read(string configuration, params string[] path)
    {
        string file = WriteFile(Path.Combine(path));
        string home = OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME";
        _mirror.Destination.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["team"] = "team password" } };
        var environment = new Dictionary<string, string> { [home] = _directory.FullName };
        if (configuration.Length > 0) environment["XDG_CONFIG_HOME"] = Path.Combine(_directory.FullName, configuration);
        using var client = new ClientProcess(environment, directory: null, _mirror.Line, _directory.FullName);

        string output = await client.EndAsync();

        Assert.Contains("RESULT Passed None 5", output, StringComparison.Ordinal);
        Assert.Contains($"from {file}", output, StringComparison.Ordinal);
    }

    private string WriteFile(string name)
    {
        string path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string host = _mirror.Destination.Host;
        File.WriteAllText(path, $$$"""{"auths":{"{{{host}}}/team":{"auth":"{{{Pair("team:team password")}}}"},"{{{host}}}":{"auth":"{{{Pair("rest:rest password")}}}"} } }""");
        return path;
    }

    private static string Pair(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
