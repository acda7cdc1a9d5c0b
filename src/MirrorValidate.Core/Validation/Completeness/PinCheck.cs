using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>
/// Looks whether the tags of an entry that is pinned, <c>tag@digest</c>, still point to its digest. The digest is what is compared; a
/// destination whose tag moved fails, since whoever pulls by tag gets something else. A tag that is not there at all is told and not
/// failed: mirrors by digest keep none.
/// </summary>
/// <param name="source">Asks source registries.</param>
/// <param name="destination">Asks destination registries.</param>
internal sealed class PinCheck(IImageReader source, IImageReader destination)
{
    /// <summary>The verdict with what the tags say; the same where the entry is not pinned, or could not be compared.</summary>
    internal async Task<Verdict> CheckAsync(EntryValidation validation, Verdict verdict, CancellationToken cancellationToken)
    {
        if (verdict.Status == ValidationStatus.Error || validation.References is not ({ Tag: { } tag, Digest: { } digest } from, var to)) return verdict;
        Task<TagState> sourceTask = ReadAsync(source, from, tag, digest, validation.Context, cancellationToken);
        Task<TagState> destinationTask = ReadAsync(destination, to, tag, digest, validation.Context, cancellationToken);
        await Task.WhenAll(sourceTask, destinationTask).ConfigureAwait(false);
        TagState here = await sourceTask.ConfigureAwait(false);
        TagState there = await destinationTask.ConfigureAwait(false);
        // What is proven wrong outweighs what is not known.
        if (verdict.Status == ValidationStatus.Passed && !there.HasMoved && (there.Fault ?? here.Fault) is { } fault) return RegistryFaults.OfAny(fault);
        if (!here.HasDrifted && !there.HasDrifted) return verdict;
        if (verdict.Status == ValidationStatus.Passed && there.HasMoved)
        {
            verdict = Verdict.Failed(
                ValidationReason.TagDrift, $"destination tag \"{tag}\" points to \"{there.Digest}\", not to the digest \"{digest}\" that the entry is pinned to");
        }

        var drift = new Difference(DifferenceKind.TagDrift, "", here.Digest?.ToString() ?? "", there.Digest?.ToString() ?? "")
        {
            Detail = Explain(tag, here, there),
        };
        return verdict with { Differences = [.. verdict.Differences, drift] };
    }

    private static async Task<TagState> ReadAsync(
        IImageReader client, ImageReference image, string tag, Digest pinned, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            var reference = new ImageReference(image.Registry, image.Repository, tag);
            Digest digest = await client.ResolveTagAsync(reference, pinned, context, cancellationToken).ConfigureAwait(false);
            return new TagState(digest, HasDrifted: digest != pinned, Fault: null);
        }
        catch (RegistryException e)
        {
            return e.Fault == RegistryFault.NotFound ? new TagState(Digest: null, HasDrifted: true, Fault: null) : new TagState(Digest: null, HasDrifted: false, e);
        }
    }

    private static string Explain(string tag, TagState source, TagState destination)
    {
        string[] sides = [.. new[] { Explain("source", source), Explain("destination", destination) }.Where(text => text.Length > 0)];
        return $"The entry is pinned to a digest, and the tag {tag} {string.Join(", and ", sides)}.";
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
