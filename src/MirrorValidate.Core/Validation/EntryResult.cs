using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation;

/// <summary>
/// Makes the result of an entry. Secrets that were sent to a registry are removed from what it answered: a hostile one
/// may repeat them in a manifest.
/// </summary>
/// <param name="context">Knows the secrets.</param>
/// <param name="settings">The settings of the run.</param>
/// <param name="shard">The shard of the run, <c>I/N</c>; empty for none.</param>
internal sealed class EntryResult(RequestContext context, ValidationSettings settings, string shard)
{
    /// <summary>Makes the result.</summary>
    /// <param name="state">What is known of the entry.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="duration">How long the validation took.</param>
    internal MirrorImageResult Create(EntryState state, Verdict verdict, TimeSpan duration) => new()
    {
        Id = state.Entry.Id,
        Status = verdict.Status.ToString(),
        Reason = verdict.Reason.ToString(),
        Message = context.Redact(MessageOf(verdict, state)),
        Source = state.From?.Name ?? "",
        Destination = state.To?.Name ?? "",
        Tag = state.From is null ? "" : state.Entry.Image!.Tag,
        Platform = state.From is null ? "" : state.Entry.Image!.Platform ?? "",
        SourceDigest = Known(state.Source)?.Digest.ToString() ?? "",
        DestinationDigest = Known(state.Destination)?.Digest.ToString() ?? "",
        SourceMediaType = context.Redact(Known(state.Source)?.MediaType ?? ""),
        DestinationMediaType = context.Redact(Known(state.Destination)?.MediaType ?? ""),
        SourceSpec = Shown(state.Source?.Selected() ?? ManifestSpecCollection.Empty),
        DestinationSpec = Shown(DestinationSpec(state)),
        Differences = state.Differences.Count == 0
            ? MirrorDifferenceCollection.Empty
            : new MirrorDifferenceCollection([.. state.Differences.Select(Shown)]),
        Proof = state.Proof,
        Line = state.Entry.Origin.Text,
        LineNumber = state.Entry.Origin.Number,
        Path = state.Entry.Origin.Path ?? "",
        Time = DateTime.Now,
        Duration = duration,
        RequestCount = context.RequestCount,
        Shard = shard,
        Settings = settings,
        Exception = verdict.Exception,
    };

    private static Manifest? Known(ImageSide? side) =>
        side?.Manifest is ManifestIndex { IsRebuilt: true } ? null : side?.Manifest;

    // What a place cannot prove is told whatever the verdict is.
    private static string MessageOf(Verdict verdict, EntryState state)
    {
        string?[] clauses =
            [verdict.Message, state.Source?.Manifest.Caveat, state.Destination?.Manifest.Caveat];
        return string.Join("; ", clauses.Where(clause => !string.IsNullOrEmpty(clause)).Distinct());
    }

    // A list is compared with a single image as a whole, with another list by its selected entries.
    private static ManifestSpecCollection DestinationSpec(EntryState state)
    {
        if (state.Destination is not { } destination) return ManifestSpecCollection.Empty;
        return state.Source is { IsSingle: true } || destination.IsSingle
            ? new ManifestSpecCollection([.. destination.Specs])
            : destination.Selected();
    }

    private MirrorDifference Shown(Difference difference) =>
        difference.ToResult(text => Printable.Of(context.Redact(text)), context.Redact);

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
