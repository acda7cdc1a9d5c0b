using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>
/// Looks whether the tags of an entry that is pinned, <c>tag@digest</c>, still point to its digest. The digest is what
/// is compared; a destination whose tag moved fails, since whoever pulls by tag gets something else. A tag that is not
/// there at all is told and not failed: mirrors by digest keep none.
/// </summary>
/// <param name="source">Asks source registries.</param>
/// <param name="destination">Asks destination registries.</param>
internal sealed class PinCheck(RegistryReader source, RegistryReader destination)
{
    /// <summary>What the tags say; nothing where the entry is not pinned.</summary>
    internal async Task<IReadOnlyList<Finding>> RunAsync(
        ImageReference from, ImageReference to, RequestContext context, CancellationToken cancellationToken)
    {
        if (from is not { Tag: { } tag, Digest: { } digest }) return [];
        Task<TagState> sourceTask = ReadAsync(source, from, tag, digest, context, cancellationToken);
        Task<TagState> destinationTask = ReadAsync(destination, to, tag, digest, context, cancellationToken);
        await Task.WhenAll(sourceTask, destinationTask).ConfigureAwait(false);
        TagState here = await sourceTask.ConfigureAwait(false);
        TagState there = await destinationTask.ConfigureAwait(false);

        var findings = new List<Finding>();
        if (here.HasDrifted || there.HasDrifted)
        {
            Finding drift = there.HasMoved
                ? Finding.Of(ValidationReason.TagDrift, tag, there.Digest!.ToString(), digest.ToString())
                : new Finding(ValidationReason.None, "");
            findings.Add(drift with { Difference = Explain(tag, here, there) });
        }

        if (there.Fault is not null) findings.Add(Finding.Of(there.Fault));
        if (here.Fault is not null) findings.Add(Finding.Of(here.Fault));
        return findings;
    }

    private static async Task<TagState> ReadAsync(
        RegistryReader client,
        ImageReference image,
        string tag,
        Digest pinned,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        try
        {
            var reference = new ImageReference(image.Registry, image.Repository, tag);
            Digest digest = await client
                .ResolveTagAsync(reference, pinned, context, cancellationToken).ConfigureAwait(false);
            return new TagState(digest, HasDrifted: digest != pinned, Fault: null);
        }
        catch (RegistryException e)
        {
            return new TagState(Digest: null, HasDrifted: e.ProvesAbsence, e.ProvesAbsence ? null : e);
        }
    }

    private static Difference Explain(string tag, TagState source, TagState destination)
    {
        string[] sides = [Explain("source", source), Explain("destination", destination)];
        return new Difference(
            DifferenceKind.TagDrift, "", source.Digest?.ToString() ?? "", destination.Digest?.ToString() ?? "")
        {
            Detail = $"The entry is pinned to a digest, and the tag {tag} "
                + $"{string.Join(", and ", sides.Where(side => side.Length > 0))}.",
        };
    }

    private static string Explain(string side, TagState state) => state switch
    {
        { HasMoved: true } => $"points to another one at the {side}",
        { HasDrifted: true } => $"is not there at the {side}",
        _ => "",
    };

    /// <summary>What a tag is on one side.</summary>
    /// <param name="Digest">What it points to; <see langword="null"/> where it is not there or not known.</param>
    /// <param name="HasDrifted">Whether it is known not to point to the pinned digest.</param>
    /// <param name="Fault">Why it is not known.</param>
    private sealed record TagState(Digest? Digest, bool HasDrifted, RegistryException? Fault)
    {
        internal bool HasMoved => HasDrifted && Digest is not null;
    }
}
