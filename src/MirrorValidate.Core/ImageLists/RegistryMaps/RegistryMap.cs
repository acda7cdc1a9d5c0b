using MirrorValidate.ImageLists.Formats;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.RegistryMaps;

/// <summary>
/// Says of single references where they were mirrored to, from what container engines are told of mirrors: OpenShift's
/// <c>ImageDigestMirrorSet</c>, <c>ImageTagMirrorSet</c> and <c>ImageContentSourcePolicy</c>, and
/// <c>registries.conf</c> (containers-registries.conf(5)). The rule with the longest prefix counts, as it does for the
/// engines.
/// </summary>
internal sealed class RegistryMap
{
    private readonly IReadOnlyList<MirrorRule> _rules;
    private readonly string _files;

    private RegistryMap(IReadOnlyList<MirrorRule> rules, string files)
    {
        _rules = rules;
        _files = files;
    }

    /// <summary>Reads files; together they are one map.</summary>
    /// <param name="paths">The files: YAML or JSON, or TOML.</param>
    /// <exception cref="ImageListFormatException">A file is none of that, or names no mirror.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static RegistryMap Load(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths];
        return new RegistryMap([.. files.SelectMany(Read)], string.Join(", ", files));
    }

    /// <summary>
    /// Gives a single reference its destination: an entry for each mirror of the longest prefix, or an error where no
    /// prefix fits. Any other entry stays as it is.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Entries of the same number.</returns>
    public IReadOnlyList<ImageListEntry> Apply(ImageListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Image is not { Destination: null } image) return [entry];
        ImageReference source = image.SourceReference;
        MirrorRule[] rules = Find(source);
        if (rules.Length == 0)
        {
            var error = new ImageListException(
                entry.Origin, $"{_files} says of no mirror for {Printable.Of(source.Name)}");
            return [entry with { Image = null, Error = error }];
        }

        string rest = source.Name[rules[0].Match(source.Name)..];
        IEnumerable<string> mirrors = rules.SelectMany(rule => rule.Mirrors).Distinct();
        return [.. mirrors.Select(mirror => Apply(entry, image, mirror + rest))];
    }

    private static ImageListEntry Apply(ImageListEntry entry, MirrorImage image, string destination)
    {
        ImageListEntry mirrored = ImageListEntry.Read(entry.Id, entry.Origin, () => image.MirroredTo(destination));
        return mirrored.Image is { } made ? mirrored with { Origin = made.Origin } : mirrored;
    }

    // The rules of the longest prefix, and of those the ones that are for such references, if there are any: oc-mirror
    // v1 wrote rules for digests only, and mirrored tags to the same place.
    private MirrorRule[] Find(ImageReference source)
    {
        string? prefix = _rules
            .Where(rule => rule.Match(source.Name) > 0)
            .OrderByDescending(rule => !rule.IsWildcard)
            .ThenByDescending(rule => rule.Prefix.Length)
            .FirstOrDefault()?.Prefix;
        MirrorRule[] rules = [.. _rules.Where(rule => rule.Prefix.Equals(prefix, StringComparison.OrdinalIgnoreCase))];
        MirrorScope scope = source.Digest is null ? MirrorScope.Tag : MirrorScope.Digest;
        MirrorRule[] meant = Array.FindAll(rules, rule => rule.Scope == scope || rule.Scope == MirrorScope.All);
        return meant.Length > 0 ? meant : rules;
    }

    private static IReadOnlyList<MirrorRule> Read(string path)
    {
        try
        {
            using StreamReader reader = ImageListFile.OpenText(path);
            string text = DocumentLimits.ReadText(reader);
            IReadOnlyList<MirrorRule> rules =
                IsToml(path, text) ? RegistriesConf.Read(text) : MirrorSets.Read(text, path);
            return rules.Count > 0 ? rules : throw new ImageListFormatException(
                "it names no mirror; looked for: ImageDigestMirrorSet, ImageTagMirrorSet, ImageContentSourcePolicy, "
                + "[[registry]] of a registries.conf");
        }
        catch (ImageListFormatException e)
        {
            throw new ImageListFormatException($"{path}: {e.Message}");
        }
    }

    private static bool IsToml(string path, string text) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".YAML" or ".YML" or ".JSON" => false,
        ".CONF" or ".TOML" => true,
        _ => text.Contains("[[registry", StringComparison.Ordinal),
    };
}
