using Tomlyn;
using Tomlyn.Model;

namespace MirrorValidate.ImageLists.RegistryMaps;

/// <summary>
/// The <c>registries.conf</c> of podman, CRI-O and skopeo (containers-registries.conf(5), version 2):
/// <c>[[registry]]</c> with a prefix, a location and <c>[[registry.mirror]]</c>. A registry without mirrors whose
/// location is not its prefix is read there itself. Apart from everything else, so that Tomlyn is loaded when such a
/// file is read and not before.
/// </summary>
internal static class RegistriesConf
{
    /// <exception cref="ImageListFormatException">The text is no TOML, or not of that shape.</exception>
    internal static IReadOnlyList<MirrorRule> Read(string text)
    {
        try
        {
            TomlTable root = TomlSerializer.Deserialize<TomlTable>(text) ?? [];
            return [.. Tables(root, "registry").SelectMany(ReadRegistry)];
        }
        catch (TomlException e)
        {
            // Its message may quote the text.
            throw new ImageListFormatException(
                "this is not TOML: look at the quotes and brackets here and just before", e.Line);
        }
    }

    private static IEnumerable<MirrorRule> ReadRegistry(TomlTable registry)
    {
        string? location = Text(registry, "location");
        string? prefix = Text(registry, "prefix") ?? location;
        if (prefix is null) throw new ImageListFormatException("a [[registry]] has neither a prefix nor a location");
        (string Location, MirrorScope Scope)[] mirrors =
            [.. Tables(registry, "mirror").Select(mirror => (LocationOf(mirror, prefix), ScopeOf(registry, mirror)))];
        if (mirrors.Length == 0 && location is not null && location != prefix) mirrors = [(location, MirrorScope.All)];
        return mirrors
            .GroupBy(mirror => mirror.Scope)
            .Select(group => new MirrorRule(prefix, [.. group.Select(mirror => mirror.Location)], group.Key));
    }

    private static string LocationOf(TomlTable mirror, string prefix) =>
        Text(mirror, "location") ?? throw new ImageListFormatException($"a mirror of \"{prefix}\" has no location");

    private static MirrorScope ScopeOf(TomlTable registry, TomlTable mirror) => Text(mirror, "pull-from-mirror") switch
    {
        "digest-only" => MirrorScope.Digest,
        "tag-only" => MirrorScope.Tag,
        _ => registry.TryGetValue("mirror-by-digest-only", out object? value) && value is true
            ? MirrorScope.Digest
            : MirrorScope.All,
    };

    private static IEnumerable<TomlTable> Tables(TomlTable table, string name) =>
        table.TryGetValue(name, out object? value) && value is IEnumerable<TomlTable> tables ? tables : [];

    private static string? Text(TomlTable table, string name) =>
        table.TryGetValue(name, out object? value) && value is string { Length: > 0 } text ? text.TrimEnd('/') : null;
}
