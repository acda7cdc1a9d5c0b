namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>How <see cref="Skopeo.CopyAsync"/> copies.</summary>
public sealed record SkopeoCopyOptions
{
    /// <summary>Whether a list is copied with all of its images, or only the one for <see cref="Architecture"/>.</summary>
    /// <value>true</value>
    public bool All { get; init; } = true;

    /// <summary>Architecture of the one image that is taken out of a list.</summary>
    /// <value>amd64, whatever machine the tests run on.</value>
    public string Architecture { get; init; } = "amd64";

    /// <summary>Manifest format at the destination: <c>oci</c>, <c>v2s2</c>, <c>v2s1</c>.</summary>
    /// <value>null: the source's, if the destination takes it.</value>
    public string? Format { get; init; }

    /// <summary>Compression of the layers at the destination: <c>gzip</c>, <c>zstd</c>.</summary>
    /// <value>null: the source's.</value>
    public string? CompressFormat { get; init; }

    /// <summary>Fails rather than change a digest.</summary>
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
