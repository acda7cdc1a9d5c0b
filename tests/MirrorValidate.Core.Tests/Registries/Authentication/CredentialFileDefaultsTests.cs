using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Where docker and the containers tools keep credentials, as the environment says.</summary>
public sealed class CredentialFileDefaultsTests : IDisposable
{
    private static readonly string[] Names = ["DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"];

    private readonly string?[] _values = [.. Names.Select(Environment.GetEnvironmentVariable)];

    public void Dispose() => Set(_values);

    [Fact]
    public void Each_variable_names_a_file_and_the_file_of_docker_comes_first()
    {
        Set("docker", "auth-file", "runtime", "config");
        Assert.Equal(
            [
                Path.Combine("docker", "config.json"),
                "auth-file",
                Path.Combine("runtime", "containers", "auth.json"),
                Path.Combine("config", "containers", "auth.json"),
            ],
            Paths());
    }

    [Fact]
    public void Without_the_variables_only_the_files_in_the_home_directory_are_left()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] files =
            [Path.Combine(home, ".docker", "config.json"), Path.Combine(home, ".config", "containers", "auth.json")];
        Set(null, null, null, null);
        Assert.Equal(files, Paths());
        Set("", "", "", "");
        Assert.Equal(files, Paths());
    }

    private static IEnumerable<string> Paths() => CredentialFile.Defaults().Select(file => file.Description);

    private static void Set(params string?[] values)
    {
        foreach ((string name, string? value) in Names.Zip(values)) Environment.SetEnvironmentVariable(name, value);
    }
}
