using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Embedded;

/// <summary>The command line of the registry's program.</summary>
internal sealed record ProgramOptions
{
    public const string Usage = """
        usage: MirrorValidate.EmbeddedRegistry [options]
          --port N              port to listen on (0: any free one)
          --address ADDRESS     address to listen on (127.0.0.1)
          --latency MS          milliseconds added to each request (0)
          --seed demo|none      content to start with (none)
          --cert FILE           certificate with its key, PKCS#12: serves HTTPS
          --cert-password TEXT  password of that file
          --user NAME:PASSWORD  asks for HTTP Basic
          --no-journal          counts requests without keeping them
          --stop-on-eof         stops when standard input ends
        """;

    public EmbeddedRegistryOptions Registry { get; private init; } = new();

    public bool SeedDemo { get; private init; }

    public bool StopOnEof { get; private init; }

    /// <exception cref="FormatException">An option is unknown, has no value or an invalid one.</exception>
    public static ProgramOptions Parse(IReadOnlyList<string> arguments)
    {
        var flags = new HashSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--stop-on-eof" or "--no-journal":
                    flags.Add(arguments[index]);
                    break;
                case "--port" or "--address" or "--latency" or "--seed" or "--cert" or "--cert-password" or "--user"
                    when index + 1 < arguments.Count:
                    values[arguments[index]] = arguments[++index];
                    break;
                default:
                    throw new FormatException($"unknown option, or one without its value: {arguments[index]}");
            }
        }

        return new ProgramOptions
        {
            Registry = new EmbeddedRegistryOptions
            {
                Address = IPAddress.Parse(values.GetValueOrDefault("--address", "127.0.0.1")),
                Port = Number(values, "--port", 65535),
                Latency = TimeSpan.FromMilliseconds(Number(values, "--latency", 600_000)),
                ServerCertificate = values.TryGetValue("--cert", out var file)
                    ? new X509Certificate2(file, values.GetValueOrDefault("--cert-password"))
                    : null,
                Authentication = values.TryGetValue("--user", out var user) ? Basic(user) : null,
                RecordRequests = !flags.Contains("--no-journal"),
            },
            SeedDemo = values.GetValueOrDefault("--seed", "none") switch
            {
                "demo" => true,
                "none" => false,
                var other => throw new FormatException($"--seed is demo or none, not {other}"),
            },
            StopOnEof = flags.Contains("--stop-on-eof"),
        };
    }

    private static BasicAuthentication Basic(string user) =>
        user.Split(':', 2) is [var name, var password]
            ? new(name, password)
            : throw new FormatException("--user is NAME:PASSWORD");

    private static int Number(Dictionary<string, string> values, string name, int maximum) =>
        !values.TryGetValue(name, out var text) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum
        ? number
        : throw new FormatException($"{name} is a number up to {maximum}, not {text}");
}
