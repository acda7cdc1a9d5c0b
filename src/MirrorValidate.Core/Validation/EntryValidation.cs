using MirrorValidate.ImageLists;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation;

/// <summary>What is known of an entry while it is validated, and the result that is made of it in the end.</summary>
internal sealed class EntryValidation(ImageListEntry entry, ValidationOptions options, RequestContext context)
{
    private ImageReference? _from;
    private ImageReference? _to;

    internal ImageListEntry Entry => entry;

    internal RequestContext Context => context;

    internal ImageSide? Source { get; set; }

    internal ImageSide? Destination { get; set; }

    internal IReadOnlyList<Difference> Differences { get; set; } = [];

    internal MirrorProof Proof { get; set; } = MirrorProof.None;

    /// <summary>What the entry means, both sides; <see langword="null"/> where it cannot be read.</summary>
    internal (ImageReference Source, ImageReference Destination)? References => _from is null || _to is null ? null : (_from, _to);

    internal (ImageReference Source, ImageReference Destination) Resolve(MirrorImage image)
    {
        (_from, _to) = image.Resolve(options.Mirror);
        return (_from, _to);
    }

    internal MirrorImageResult ToResult(Verdict verdict, TimeSpan duration) => new()
    {
        Id = entry.Id,
        Status = verdict.Status.ToString(),
        Reason = verdict.Reason.ToString(),
        Message = context.Redact(verdict.Message),
        Source = _from?.Name ?? "",
        Destination = _to?.Name ?? "",
        Tag = _from is null ? "" : entry.Image!.Tag,
        SourceDigest = Source?.Manifest.Digest.ToString() ?? "",
        DestinationDigest = Destination?.Manifest.Digest.ToString() ?? "",
        SourceMediaType = context.Redact(Source?.Manifest.MediaType ?? ""),
        DestinationMediaType = context.Redact(Destination?.Manifest.MediaType ?? ""),
        SourceSpec = Shown(Source?.Select(options.Architectures) ?? ManifestSpecCollection.Empty),
        DestinationSpec = Shown(DestinationSpec()),
        Differences = new MirrorDifferenceCollection(
            [.. Differences.Select(difference => difference.ToResult(text => Printable.Of(context.Redact(text)), context.Redact))]),
        Proof = Proof,
        Line = entry.Origin.Text,
        LineNumber = entry.Origin.Number,
        Path = entry.Origin.Path ?? "",
        Duration = duration,
        RequestCount = context.RequestCount,
        Exception = verdict.Exception,
    };

    // Against a single image the whole list counts, against a list what is selected.
    private ManifestSpecCollection DestinationSpec()
    {
        if (Destination is null) return ManifestSpecCollection.Empty;
        return Source is { IsSingle: true } || Destination.IsSingle
            ? new ManifestSpecCollection([.. Destination.Specs])
            : Destination.Select(options.Architectures);
    }

    // A hostile registry may put what it was sent in secret into a manifest.
    private ManifestSpecCollection Shown(ManifestSpecCollection specs) =>
        context.HasSecrets ? new ManifestSpecCollection([.. specs.Select(Shown)]) : specs;

    private ManifestSpec Shown(ManifestSpec spec) => new(context.Redact(spec.Digest), spec.Platform is { } platform
        ? platform with
        {
            Architecture = context.Redact(platform.Architecture),
            OS = context.Redact(platform.OS),
            Variant = context.Redact(platform.Variant),
            OSVersion = context.Redact(platform.OSVersion),
            OSFeatures = [.. platform.OSFeatures.Select(context.Redact)],
        }
        : null);
}
