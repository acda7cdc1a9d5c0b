using System.Text.RegularExpressions;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Platforms;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>A case in a table of verdicts: the content of two registries and the expected verdicts.</summary>
/// <param name="Name">The name of the case and of its repositories.</param>
/// <param name="Source">The image at the source's tag; null: none.</param>
/// <param name="Mirror">The image at the source's tag when it was mirrored; null: not mirrored.</param>
public sealed partial record MirrorCase(string Name, BuiltManifest? Source, BuiltManifest? Mirror)
{
    /// <summary>A mirror of the unchanged source.</summary>
    public MirrorCase(string name, BuiltManifest image)
        : this(name, image, image)
    {
    }

    /// <summary>The architectures to compare.</summary>
    /// <value><c>amd64,arm64</c></value>
    public string Architectures { get; init; } = "amd64,arm64";

    /// <summary>The options for mirroring the source.</summary>
    public SkopeoCopyOptions Copy { get; init; } = new();

    /// <summary>Changes the destination after mirroring. Gets the destination and the repository.</summary>
    public Func<DockerRegistryProcess, string, Task>? Damage { get; init; }

    /// <summary>The verdict of <see cref="ComparisonMode.ManifestList"/>.</summary>
    public required Expected ManifestList { get; init; }

    /// <summary>The verdict of <see cref="ComparisonMode.Platform"/>.</summary>
    public required Expected Platform { get; init; }

    /// <summary>The verdict of <see cref="ComparisonMode.Digest"/>.</summary>
    public required Expected Digest { get; init; }

    /// <summary>The verdict of all modes, if it is the same.</summary>
    public static MirrorCase InAllModes(string name, BuiltManifest? source, BuiltManifest? mirror, Expected expected) =>
        new(name, source, mirror) { ManifestList = expected, Platform = expected, Digest = expected };

    /// <summary>The platforms of the result's SourceSpec, each with its digest.</summary>
    /// <value>The images of the source for amd64 and arm64.</value>
    public string[] SourceSpec { get; init; } = DefaultSpec(Source);

    /// <summary>
    /// The platforms of the result's DestinationSpec, each with its digest. Only <see cref="ComparisonMode.Platform"/>
    /// reads that of a single image.
    /// </summary>
    /// <value>The images of the mirror for amd64 and arm64.</value>
    public string[] DestinationSpec { get; init; } = DefaultSpec(Mirror);

    /// <summary>Returns the entries of a list as specs, with their digests.</summary>
    public static string[] WholeSpec(BuiltManifest list) => [.. list.Children.Select(Spec)];

    /// <summary>Returns a platform and its digest as a spec.</summary>
    public static string Spec(string platform, BuiltManifest image) => $"{platform} {image.Digest}";

    /// <summary>Prepares the registries and asserts the verdict of each mode.</summary>
    public async Task CheckAsync(RegistryPair registries)
    {
        string line = await ArrangeAsync(registries);
        foreach ((ComparisonMode mode, Expected expected) in
            new[] { (ComparisonMode.ManifestList, ManifestList), (ComparisonMode.Platform, Platform), (ComparisonMode.Digest, Digest) })
        {
            using var run = new ValidationRun(
                options: new ValidationOptions { Comparison = mode, Platforms = PlatformSelection.OfArchitectures([Architectures]) });
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

    /// <summary>Returns the name, which is part of the test's name.</summary>
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
