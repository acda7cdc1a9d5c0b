using System.Globalization;
using MirrorValidate.References;

namespace MirrorValidate.Validation.Depth;

/// <summary>The verdict on findings. What is proven wrong outweighs what could not be looked at, and the shallower the deeper.</summary>
internal static class DepthVerdict
{
    private const int MaximumNamed = 10;

    /// <param name="image">The destination.</param>
    /// <param name="findings">The findings in the order of the list.</param>
    /// <returns>The verdict; <see langword="null"/> where nothing is amiss.</returns>
    internal static Verdict? Of(ImageReference image, IReadOnlyList<DepthFinding> findings)
    {
        List<DepthFinding> proven = [.. findings.Where(finding => finding.IsProven)];
        if (proven.Count == 0) return findings.Count > 0 ? RegistryFaults.OfAny(findings[0].Fault!) : null;
        List<DepthFinding> manifests = proven.FindAll(finding => finding.Role == ContentRole.Manifest);
        List<DepthFinding> blobs = proven.FindAll(finding => finding.Role != ContentRole.Manifest);
        var sentences = new List<string>();
        if (manifests.Count > 0)
            sentences.Add($"failed to inspect dest image: [{Names(manifests, ", ", finding => finding.DescribeManifest(image))}]: {manifests[0].Fault!.Message}");
        if (blobs.Count > 0)
            sentences.Add($"{Heading(blobs[0].Reason)}: [{Names(blobs, "; ", finding => finding.DescribeBlob())}]");
        if (blobs.Find(finding => finding.Fault is not null) is { } answered)
            sentences[^1] += $": {answered.Fault!.Message}";
        Verdict verdict = Verdict.Failed((manifests.Count > 0 ? manifests : blobs)[0].Reason, string.Join("; ", sentences));
        return verdict with { Differences = [.. proven.Select(finding => finding.ToDifference())] };
    }

    private static string Heading(ValidationReason reason) => reason switch
    {
        ValidationReason.BlobMissing => "destination blob does not exists",
        ValidationReason.BlobSizeMismatch => "destination blob has another size",
        _ => "destination blob has another digest",
    };

    private static string Names(List<DepthFinding> findings, string separator, Func<DepthFinding, string> describe)
    {
        string names = string.Join(separator, findings.Take(MaximumNamed).Select(describe));
        int more = findings.Count - MaximumNamed;
        return more > 0 ? string.Create(CultureInfo.InvariantCulture, $"{names}{separator}and {more} more") : names;
    }
}
