using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace MirrorValidate.References;

/// <summary>
/// A registry's <c>host[:port]</c> as in a reference (distribution/reference, <c>domain</c>). Docker Hub's names
/// (<c>index.docker.io</c>, <c>registry-1.docker.io</c>, <c>docker.io</c>) are one registry. Equal if host and port are
/// equal, ignoring case.
/// </summary>
internal sealed partial class RegistryHost : IEquatable<RegistryHost>
{
    private RegistryHost(string name)
    {
        Name = name;
        int colon = name.LastIndexOf(':');
        bool hasPort = colon > name.LastIndexOf(']');
        HostName = hasPort ? name[..colon] : name;
        Port = hasPort ? int.Parse(name.AsSpan(colon + 1), provider: null) : null;
        string bare = HostName.Trim('[', ']');
        IsLoopback = HostName.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(bare, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Docker Hub, as references name it.</summary>
    public static RegistryHost DockerHub { get; } = new("docker.io");

    /// <summary>
    /// The name as references show it: <c>host[:port]</c>, IPv6 in brackets, <c>docker.io</c> for Docker Hub.
    /// </summary>
    public string Name { get; }

    /// <summary>The host without its port; IPv6 in brackets.</summary>
    public string HostName { get; }

    /// <summary>The port, 1 to 65535, if one is given.</summary>
    public int? Port { get; }

    /// <summary>Whether the host is this machine by name or address: 127.0.0.0/8, ::1 or localhost.</summary>
    public bool IsLoopback { get; }

    /// <summary>Whether this is Docker Hub.</summary>
    public bool IsDockerHub => Name == "docker.io";

    /// <summary>The <c>host[:port]</c> of the API; <c>registry-1.docker.io</c> for Docker Hub.</summary>
    public string ApiAuthority => IsDockerHub ? "registry-1.docker.io" : Name.ToLowerInvariant();

    /// <summary>Reads <c>host[:port]</c>.</summary>
    /// <exception cref="FormatException">The text is not a host of the reference grammar.</exception>
    public static RegistryHost Parse(string text) =>
        TryParse(text, out RegistryHost? host)
            ? host
            : throw new FormatException(
                $"\"{Printable.Of(text ?? "")}\" is not a registry host (host[:port], without a scheme or a path)");

    /// <summary>Reads <c>host[:port]</c>; <see langword="false"/> if the text is something else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RegistryHost? host)
    {
        host = null;
        if (text is null) return false;
        Match match = Grammar().Match(text);
        if (!match.Success) return false;
        Group port = match.Groups["port"];
        if (port.Success && (!int.TryParse(port.ValueSpan, out int number) || number is < 1 or > 65535)) return false;
        Group v6 = match.Groups["v6"];
        // The family must be checked: IPAddress reads 12 as the IPv4 address 0.0.0.12, but a URL has only IPv6 in
        // brackets.
        if (v6.Success
            && !(IPAddress.TryParse(v6.ValueSpan, out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6))
            return false;
        host = text.ToLowerInvariant() is "docker.io" or "index.docker.io" or "registry-1.docker.io"
            ? DockerHub
            : new RegistryHost(text);
        return true;
    }

    /// <summary>
    /// Whether the first component of a name is a host rather than the start of a path: it has a <c>.</c>, a <c>:</c>
    /// or an uppercase letter, or is <c>localhost</c> (distribution/reference, normalize.go, <c>splitDockerDomain</c>).
    /// </summary>
    public static bool IsHostComponent(ReadOnlySpan<char> component) =>
        component.IndexOfAny('.', ':') >= 0
            || component.SequenceEqual("localhost")
            || component.ContainsAnyInRange('A', 'Z');

    /// <inheritdoc/>
    public bool Equals(RegistryHost? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegistryHost);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <summary>The name as references show it.</summary>
    public override string ToString() => Name;

    [GeneratedRegex(
        @"\A(?:\[(?<v6>[a-fA-F0-9:]+)\]"
        + @"|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)"
        + @"(?::(?<port>[0-9]{1,5}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
