using System.Text.RegularExpressions;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>One row of a table of verdicts: what two registries hold, and what is to be said of it.</summary>
/// <param name="Name">What the row is about; the repositories are named after it.</param>
/// <param name="Source">What the source's tag is; null: nothing.</param>
/// <param name="Mirror">What the source's tag was when it was mirrored; null: it was not mirrored.</param>
public sealed partial record MirrorCase(string Name, BuiltManifest? Source, BuiltManifest? Mirror)
{
    /// <summary>A mirror of the source as it is.</summary>
    public MirrorCase(string name, BuiltManifest image)
        : this(name, image, image)
    {
    }

    /// <summary>The architectures that take part.</summary>
    /// <value><c>amd64,arm64</c></value>
    public string Architectures { get; init; } = "amd64,arm64";

    /// <summary>How the source was mirrored.</summary>
    public SkopeoCopyOptions Copy { get; init; } = new();

    /// <summary>What was done to the destination afterwards, given it and the repository.</summary>
    public Func<DockerRegistryProcess, string, Task>? Damage { get; init; }

    /// <summary>The verdict of <see cref="ComparisonMode.ManifestList"/>.</summary>
    public required Expected ManifestList { get; init; }

    /// <summary>The verdict of <see cref="ComparisonMode.Platform"/>.</summary>
    public required Expected Platform { get; init; }

    /// <summary>The verdict of <see cref="ComparisonMode.Digest"/>.</summary>
    public required Expected Digest { get; init; }

    /// <summary>The verdict of all modes, where they do not differ.</summary>
    public static MirrorCase InAllModes(string name, BuiltManifest? source, BuiltManifest? mirror, Expected expected) =>
        new(name, source, mirror) { ManifestList = expected, Platform = expected, Digest = expected };

    /// <summary>The platforms of the result's SourceSpec, each with its digest.</summary>
    /// <value>The images of the source for amd64 and arm64.</value>
    public string[] SourceSpec { get; init; } = DefaultSpec(Source);

    /// <summary>
    /// The platforms of the result's DestinationSpec, each with its digest. Only <see cref="ComparisonMode.Platform"/> knows that
    /// of a single image.
    /// </summary>
    /// <value>The images of the mirror for amd64 and arm64.</value>
    public string[] DestinationSpec { get; init; } = DefaultSpec(Mirror);

    /// <summary>Every entry of a list with its digest, as a spec.</summary>
    public static string[] WholeSpec(BuiltManifest list) => [.. list.Children.Select(Spec)];

    /// <summary>A platform with its digest, as a spec.</summary>
    public static string Spec(string platform, BuiltManifest image) => $"{platform} {image.Digest}";

    /// <summary>Makes the registries hold what the case says, and asserts that each mode says what it is to say.</summary>
    public async Task CheckAsync(RegistryPair registries)
    {
        string line = await ArrangeAsync(registries);
        foreach ((ComparisonMode mode, Expected expected) in
            new[] { (ComparisonMode.ManifestList, ManifestList), (ComparisonMode.Platform, Platform), (ComparisonMode.Digest, Digest) })
        {
            using var run = new ValidationRun(
                options: new ValidationOptions { Comparison = mode, Architectures = ArchitectureSelection.Of([Architectures]) });
            MirrorImageResult result = await run.ValidateAsync(line);
            try
            {
                expected.Check(result);
                CheckSides(result, mode);
            }
            catch (Xunit.Sdk.XunitException e)
            {
                throw new Xunit.Sdk.XunitException($"-Comparison {mode}: {result}\n{e.Message}", e);
            }
        }
    }

    /// <summary>The name, for the name of the test.</summary>
    public override string ToString() => Name;

    private async Task<string> ArrangeAsync(RegistryPair registries)
    {
        string name = Separators().Replace(Name.ToLowerInvariant(), "-").Trim('-');
        if (Mirror is not null)
        {
            await registries.PushAsync(Mirror, name);
            await registries.MirrorAsync(name, Copy);
        }

        if (Source is not null) await registries.PushAsync(Source, name);
        else if (Mirror is not null) await registries.DeleteAsync(Mirror, name);
        if (Damage is not null) await Damage(registries.Destination, $"mirror/{name}");
        return registries.Line(name);
    }

    private void CheckSides(MirrorImageResult result, ComparisonMode mode)
    {
        Assert.Equal((Source?.Digest ?? "", Source?.MediaType ?? ""), (result.SourceDigest, result.SourceMediaType));
        Assert.Equal(SourceSpec, Specs(result.SourceSpec));
        if (Copy != new SkopeoCopyOptions()) return;
        Assert.Equal((Mirror?.Digest ?? "", Mirror?.MediaType ?? ""), (result.DestinationDigest, result.DestinationMediaType));
        bool isPlatformRead = Mirror is not { Platform: not null } || mode == ComparisonMode.Platform;
        Assert.Equal(isPlatformRead ? DestinationSpec : [MirrorCase.Spec("", Mirror!)], Specs(result.DestinationSpec));
    }

    private static string[] Specs(ManifestSpecCollection specs) => [.. specs.Select(spec => $"{spec.Platform} {spec.Digest}")];

    private static string[] DefaultSpec(BuiltManifest? manifest) => manifest switch
    {
        null => [],
        { Platform: not null } image => [Spec(image)],
        _ => [.. manifest.Children.Where(child => child.Platform?.Architecture is "amd64" or "arm64").Select(Spec)],
    };

    private static string Spec(BuiltManifest image) => Spec($"{image.Platform}", image);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
