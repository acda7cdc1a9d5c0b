using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>
/// Checks that the tags of a pinned entry, <c>tag@digest</c>, still point to its digest, which is what is compared. A
/// destination whose tag has moved fails: who pulls by tag gets another image. A tag that does not exist fails nothing:
/// mirrors by digest keep no tags.
/// </summary>
/// <param name="source">Reads the sources.</param>
/// <param name="destination">Reads the destinations.</param>
internal sealed class PinCheck(IImageReader source, IImageReader destination)
{
    private static readonly Task<IReadOnlyList<Finding>> _nothing = Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>Looks up both tags; finds nothing where the entry is not pinned.</summary>
    internal Task<IReadOnlyList<Finding>> RunAsync(
        ImageReference from, ImageReference to, RequestContext context, CancellationToken cancellationToken) =>
        from is { Tag: { } tag, Digest: { } digest }
            ? CompareAsync(from, to, tag, digest, context, cancellationToken)
            : _nothing;

    private async Task<IReadOnlyList<Finding>> CompareAsync(
        ImageReference from,
        ImageReference to,
        string tag,
        Digest digest,
        RequestContext context,
        CancellationToken cancellationToken)
    {
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
        IImageReader reader,
        ImageReference image,
        string tag,
        Digest pinned,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        try
        {
            ImageReference reference = image.WithTag(tag);
            Digest digest = await reader
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

    /// <summary>What is known of a tag on one side.</summary>
    /// <param name="Digest">The digest it points to; <see langword="null"/> where there is no such tag, or it could not
    /// be read.</param>
    /// <param name="HasDrifted">Whether it points elsewhere or does not exist.</param>
    /// <param name="Fault">Why it could not be read.</param>
    private sealed record TagState(Digest? Digest, bool HasDrifted, RegistryException? Fault)
    {
        internal bool HasMoved => HasDrifted && Digest is not null;
    }
}
