using MirrorValidate.ImageLists;
using MirrorValidate.References;
using MirrorValidate.Registries;

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
        SourceSpec = Source?.Select(options.Architectures) ?? ManifestSpecCollection.Empty,
        DestinationSpec = DestinationSpec(),
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
}
