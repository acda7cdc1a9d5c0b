namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>The options of <see cref="Skopeo.CopyAsync"/>.</summary>
public sealed record SkopeoCopyOptions
{
    /// <summary>
    /// Whether to copy a list with all of its images, or only the one for <see cref="Architecture"/>.
    /// </summary>
    /// <value>true</value>
    public bool All { get; init; } = true;

    /// <summary>The architecture of the image to copy from a list.</summary>
    /// <value>amd64, on any machine.</value>
    public string Architecture { get; init; } = "amd64";

    /// <summary>Manifest format at the destination: <c>oci</c>, <c>v2s2</c>, <c>v2s1</c>.</summary>
    /// <value>null: the source's, if the destination accepts it.</value>
    public string? Format { get; init; }

    /// <summary>Compression of the layers at the destination: <c>gzip</c>, <c>zstd</c>.</summary>
    /// <value>null: the source's.</value>
    public string? CompressFormat { get; init; }

    /// <summary>Whether to fail instead of changing a digest.</summary>
    public bool PreserveDigests { get; init; }

    public SkopeoEndpoint Source { get; init; } = new();

    public SkopeoEndpoint Destination { get; init; } = new();

    internal IEnumerable<string> GlobalArguments() => ["--override-os=linux", $"--override-arch={Architecture}"];

    internal IEnumerable<string> CopyArguments()
    {
        if (All)
            yield return "--all";
        if (Format is not null)
            yield return $"--format={Format}";
        if (CompressFormat is not null)
            yield return $"--dest-compress-format={CompressFormat}";
        if (PreserveDigests)
            yield return "--preserve-digests";
        foreach (var argument in Source.Arguments("src-").Concat(Destination.Arguments("dest-")))
            yield return argument;
    }
}
