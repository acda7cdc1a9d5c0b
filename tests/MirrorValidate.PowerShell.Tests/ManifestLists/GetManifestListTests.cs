using System.Management.Automation;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ManifestLists;

/// <summary>What a tag really is.</summary>
public sealed class GetManifestListTests : ModuleTest
{
    private string Source => $"{Registries.Source.Host}/library";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Schema_1_is_shown_with_its_own_platform(bool isSigned)
    {
        BuiltManifest image = Put("old", SampleImages.Schema1("old", "library/old", "v1", isSigned));
        Outcome outcome = Shell.Run($"Get-ManifestList {Source}/old:v1");
        Assert.Equal(image.MediaType, outcome.Text("MediaType"));
        Assert.Equal(image.Digest, outcome.Text("Digest"));
        Assert.Equal(["linux/amd64"], Platforms(outcome.Only));
    }

    [Fact]
    public void Raw_is_the_exact_text()
    {
        foreach (BuiltManifest image in (BuiltManifest[])
            [SampleImages.DockerList("raw"), SampleImages.OciIndex("raw"), SampleImages.Image("raw"), SampleImages.Schema1("raw", "library/raw", "v1")])
        {
            Put("raw", image);
            string text = Assert.IsType<string>(Shell.Run($"Get-ManifestList {Source}/raw:v1 -Raw").Only.BaseObject);
            Assert.Equal(image.Content.ToArray(), Encoding.UTF8.GetBytes(text));
        }

        Registries.Source.Requests.Clear();
        Shell.Run($"Get-ManifestList {Source}/raw:v1 -Raw");
        Assert.Equal(1, Registries.Source.Requests.Count);
    }

    [Theory]
    [InlineData(401, "Unauthorized", ErrorCategory.AuthenticationError)]
    [InlineData(403, "Forbidden", ErrorCategory.PermissionDenied)]
    [InlineData(429, "RateLimited", ErrorCategory.QuotaExceeded)]
    [InlineData(500, "RegistryUnavailable", ErrorCategory.ResourceUnavailable)]
    public void A_refusal_is_no_absence(int status, string errorId, ErrorCategory category)
    {
        Registries.Source.Faults.Add(new Fault { Status = status });
        ErrorRecord error = Assert.Single(Shell.Run($"Get-ManifestList {Source}/list:v1 -MaximumRetryCount 0 -TimeoutSec 5").Errors);
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(Registries.Source.Host, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_named_insecure_may_have_any_certificate()
    {
        await using EmbeddedRegistry https = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = SelfSigned.Create() });
        SampleImages.DockerList("list").PutInto(https.Store, "library/list", "v1");
        ErrorRecord error = Assert.Single(Shell.Run($"Get-ManifestList {https.Host}/library/list:v1").Errors);
        Assert.StartsWith("TlsFailure,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(4, Platforms(Shell.Run($"Get-ManifestList {https.Host}/library/list:v1 -InsecureRegistry {https.Host}").Only).Count);
    }

    private BuiltManifest Put(string name, BuiltManifest image)
    {
        image.PutInto(Registries.Source.Store, $"library/{name}", "v1");
        return image;
    }

    private static List<string> Platforms(PSObject info) => [.. LanguagePrimitives.ConvertTo<string[]>(info.Value("Platforms"))];
}
