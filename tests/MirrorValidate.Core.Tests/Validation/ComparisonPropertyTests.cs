using CsCheck;
using MirrorValidate.Core.Tests.Manifests;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;
using static MirrorValidate.Core.Tests.Validation.ComparisonGen;

namespace MirrorValidate.Core.Tests.Validation;

public sealed class ComparisonPropertyTests
{
    // A comparison takes microseconds, and what matters is rare.
    private const long Iterations = 5000;

    [Fact]
    public void The_order_of_entries_makes_no_difference() =>
        Gen.Select(Entries, Gen.Int, Selection, Mode).Sample((entries, seed, selection, mode) =>
        {
            Descriptor[] shuffled = [.. entries];
            new Random(seed).Shuffle(shuffled);
            Finding? finding = Compare(Side(entries, "source"), Side(shuffled, "destination"), selection, mode);
            if (Multiset(entries, selection).Count > 0) Assert.Null(finding);
            else Assert.Equal(ValidationReason.NoMatchingPlatform, finding!.Reason);
        }, iter: Iterations);

    [Fact]
    public void Lists_are_equal_exactly_where_the_multisets_of_what_is_selected_are() =>
        Gen.Select(Entries, Entries, Selection, Mode).Sample((one, other, selection, mode) =>
        {
            Finding? finding = Compare(Side(one, "source"), Side(other, "destination"), selection, mode);
            Dictionary<string, int> expected = Multiset(one, selection);
            ValidationReason? reason = expected.Count == 0 ? ValidationReason.NoMatchingPlatform
                : other.Length == 0 ? ValidationReason.DestinationListEmpty
                : AreEqual(expected, Multiset(other, selection)) ? null
                : ValidationReason.SpecMismatch;
            Assert.Equal(reason, finding?.Reason);
        }, iter: Iterations);

    [Fact]
    public void Any_change_of_a_compared_member_is_a_difference() =>
        Gen.Select(Entries, Entry, Gen.Int[0, 5], Gen.Int).Sample((entries, entry, member, seed) =>
        {
            Descriptor[] source = [.. entries, entry];
            Descriptor[] destination = [.. source];
            new Random(seed).Shuffle(destination);
            int at = Array.IndexOf(destination, entry);
            destination[at] = Changed(entry, member);
            Finding? finding = Compare(Side(source, "source"), Side(destination, "destination"), PlatformSelection.All, ComparisonMode.ManifestList);
            Assert.Equal(ValidationReason.SpecMismatch, finding?.Reason);
        }, iter: Iterations);

    [Fact]
    public void An_entry_more_or_less_is_a_difference_even_where_it_is_there_twice() =>
        Gen.Select(Entry.Array[1, 6], Gen.Int[0, 5], Gen.Bool).Sample((entries, at, isMore) =>
        {
            Descriptor[] other = [.. entries, entries[at % entries.Length]];
            Finding? finding = isMore
                ? Compare(Side(entries, "source"), Side(other, "destination"), PlatformSelection.All, ComparisonMode.ManifestList)
                : Compare(Side(other, "source"), Side(entries, "destination"), PlatformSelection.All, ComparisonMode.ManifestList);
            Assert.Equal(ValidationReason.SpecMismatch, finding?.Reason);
        }, iter: Iterations);

    [Fact]
    public void Features_of_the_operating_system_are_not_compared() =>
        Gen.Select(Entry.Array[1, 6], Gen.Int[0, 5]).Sample((entries, at) =>
        {
            Descriptor[] other = [.. entries];
            Descriptor entry = other[at % other.Length];
            other[at % other.Length] = entry with { Platform = (entry.Platform ?? new Platform()) with { OSFeatures = ["win32k"] } };
            Assert.Null(Compare(Side(entries, "source"), Side(other, "destination"), PlatformSelection.All, ComparisonMode.ManifestList));
        }, iter: Iterations);

    // The destination is a spoiled copy of the source: it is refused, or says the same of what is selected, or differs.
    [Fact]
    public void A_spoiled_list_never_passes_wrongly()
    {
        BuiltManifest built = SampleImages.OciIndex("s", attestations: true);
        var source = new ImageSide(ImageReference.Parse("source.example/app:v1"), ManifestReader.Read(built.Content, built.MediaType), null, PlatformSelection.All);
        Gen.Select(Gen.Int, Gen.Double[0.001, 0.1], Selection, Mode).Sample((seed, rate, selection, mode) =>
        {
            Manifest manifest;
            try
            {
                manifest = ManifestReader.Read(JsonMutator.Mutate(built.Content, new Random(seed), rate), built.MediaType);
            }
            catch (Exception e) when (e is ManifestFormatException or ManifestLimitException)
            {
                return;
            }

            var destination = new ImageSide(ImageReference.Parse("destination.example/app:v1"), manifest, null, PlatformSelection.All);
            bool passes = Compare(source, destination, selection, mode) is null;
            Dictionary<string, int> expected = Multiset(((ManifestIndex)source.Manifest).Entries, selection);
            Assert.Equal(expected.Count > 0 && AreEqual(expected, Multiset(((ManifestIndex)manifest).Entries, selection)), passes);
        }, iter: Iterations);
    }

    [Fact]
    public void Nothing_passes_after_no_comparison()
    {
        Assert.Equal(ValidationStatus.Passed, Verdict.PassedAfter(1).Status);
        Assert.Throws<InvalidOperationException>(() => Verdict.PassedAfter(0));
    }

    private static Descriptor Changed(Descriptor entry, int member)
    {
        Platform platform = entry.Platform ?? new Platform();
        return member switch
        {
            0 => entry with { Digest = Digest.Of("sha256", "changed"u8) },
            1 => entry with { Platform = platform with { Architecture = platform.Architecture + "x" } },
            2 => entry with { Platform = platform with { OS = platform.OS + "x" } },
            3 => entry with { Platform = platform with { Variant = platform.Variant + "x" } },
            4 => entry with { Platform = platform with { OSVersion = platform.OSVersion + "x" } },
            _ => entry with { Digest = Digest.Of("sha512", "changed"u8) },
        };
    }
}
