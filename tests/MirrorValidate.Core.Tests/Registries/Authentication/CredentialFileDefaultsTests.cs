using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Where docker and the containers tools keep credentials, as the environment says.</summary>
public sealed class CredentialFileDefaultsTests : IDisposable
{
    private static readonly string[] Names = ["DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR"];

    private readonly string?[] _values = [.. Names.Select(Environment.GetEnvironmentVariable)];

    public void Dispose() => Set(_values);

    [Fact]
    public void Each_variable_names_a_file_and_the_file_of_docker_comes_first()
    {
        Set("docker", "auth-file", "runtime");
        Assert.Equal(
            [Path.Combine("docker", "config.json"), "auth-file", Path.Combine("runtime", "containers", "auth.json")],
            Paths());
    }

    [Fact]
    public void Without_the_variables_only_the_file_in_the_home_directory_is_left()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Set(null, null, null);
        Assert.Equal([Path.Combine(home, ".docker", "config.json")], Paths());
        Set("", "", "");
        Assert.Equal([Path.Combine(home, ".docker", "config.json")], Paths());
    }

    private static IEnumerable<string> Paths() => CredentialFile.Defaults().Select(file => file.Description);

    private static void Set(params string?[] values)
    {
        foreach ((string name, string? value) in Names.Zip(values)) Environment.SetEnvironmentVariable(name, value);
    }
}
