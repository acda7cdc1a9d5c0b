using System.Net;
using System.Text.Json;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// Writes the configuration of <c>docker-registry serve</c> as JSON, which is also YAML and simple to quote.
/// </summary>
internal static class DockerRegistryConfiguration
{
    private const int BcryptWorkFactor = 4;

    /// <summary>Writes the configuration and the files that it names to <paramref name="directory"/>.</summary>
    /// <returns>Path of the configuration file.</returns>
    public static string Write(string directory, string storage, IPEndPoint endpoint, DockerRegistryOptions options)
    {
        var configuration = new Dictionary<string, object>
        {
            ["version"] = "0.1",
            ["log"] = new { level = "info" },
            ["storage"] = Storage(storage, options),
            ["http"] = Http(endpoint, options),
            ["compatibility"] = new { schema1 = new { enabled = options.Schema1 } },
        };

        if (Authentication(directory, options) is { } authentication)
            configuration["auth"] = authentication;

        var path = Path.Combine(directory, "config.yml");
        File.WriteAllText(path, JsonSerializer.Serialize(configuration));
        return path;
    }

    private static Dictionary<string, object> Storage(string directory, DockerRegistryOptions options)
    {
        var storage = new Dictionary<string, object>
        {
            ["filesystem"] = new { rootdirectory = directory },
            ["delete"] = new { enabled = options.Delete },
        };
        if (options.DescriptorCache) storage["cache"] = new { blobdescriptor = "inmemory" };
        return storage;
    }

    private static object Http(IPEndPoint endpoint, DockerRegistryOptions options)
    {
        var address = endpoint.ToString();
        if (options.Certificate is not { } certificate)
            return new { addr = address };

        var tls = new Dictionary<string, object> { ["certificate"] = certificate.CertificatePath, ["key"] = certificate.KeyPath };
        if (options.ClientAuthority is { } authority)
            tls["clientcas"] = new[] { authority };
        return new { addr = address, tls };
    }

    private static object? Authentication(string directory, DockerRegistryOptions options)
    {
        if (options.Token is { } token)
        {
            return new
            {
                token = new
                {
                    realm = token.Realm.AbsoluteUri,
                    service = token.Service,
                    issuer = token.Issuer,
                    rootcertbundle = token.RootCertificateBundle,
                },
            };
        }

        if (options.User is not { } user)
            return null;

        var path = Path.Combine(directory, "htpasswd");
        File.WriteAllText(path, $"{user.UserName}:{BCrypt.Net.BCrypt.HashPassword(user.Password, BcryptWorkFactor)}\n");
        return new { htpasswd = new { realm = "mirror-validate-tests", path } };
    }
}
