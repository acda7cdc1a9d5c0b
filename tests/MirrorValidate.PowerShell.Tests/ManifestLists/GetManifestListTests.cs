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

    [Fact]
    public void A_list_is_shown_with_its_platforms()
    {
        BuiltManifest list = Put("list", SampleImages.DockerList("list"));
        Outcome outcome = Shell.Run($"Get-ManifestList {Source}/list:v1");
        Assert.Equal($"{Source}/list:v1", outcome.Text("Image"));
        Assert.Equal("application/vnd.docker.distribution.manifest.list.v2+json", outcome.Text("MediaType"));
        Assert.Equal(list.Digest, Assert.IsType<string>(outcome.Only.Value("Digest")));
        Assert.Equal(list.Size, outcome.Only.Value("Size"));
        Assert.Equal(list.Children.Select(child => child.Platform!.ToString()), Platforms(outcome.Only));
        Assert.Equal(list.Children.Select(child => child.Digest), Manifests(outcome.Only).Select(entry => (string)entry.Value("Digest")!));
        Assert.Equal(list.Children.Select(child => (long)child.Size), Manifests(outcome.Only).Select(entry => (long)entry.Value("Size")!));
    }

    [Fact]
    public void Everything_in_an_index_is_shown_unless_architectures_are_named()
    {
        Put("index", SampleImages.OciIndex("index", attestations: true));
        Assert.Equal(8, Manifests(Shell.Run($"Get-ManifestList {Source}/index:v1").Only).Count);
        Assert.Equal(["linux/amd64", "linux/arm64/v8"], Platforms(Shell.Run($"Get-ManifestList {Source}/index:v1 -Architecture amd64,arm64").Only));
        Assert.Empty(Platforms(Shell.Run($"Get-ManifestList {Source}/index:v1 -Architecture riscv64").Only));
    }

    [Fact]
    public void One_image_is_shown_as_what_it_is_with_the_platform_of_its_config()
    {
        BuiltManifest image = Put("one", SampleImages.Image("one", platform: ImagePlatform.LinuxS390x));
        Outcome outcome = Shell.Run($"Get-ManifestList {Source}/one:v1");
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", outcome.Text("MediaType"));
        Assert.Equal(["linux/s390x"], Platforms(outcome.Only));
        Assert.Equal([image.Digest], Manifests(outcome.Only).Select(entry => entry.Text("Digest")));
    }

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

    [Fact]
    public void References_come_by_argument_pipeline_and_property()
    {
        BuiltManifest list = Put("list", SampleImages.DockerList("list"));
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Image", $"{Source}/list:v1"));
        Assert.Equal(2, Shell.Run($"Get-ManifestList {Source}/list:v1,{Source}/list@{list.Digest}").Output.Count);
        Outcome piped = Shell.Run("Get-ManifestList", $"{Source}/list:v1", row, $"{Source}/list:v1@{list.Digest}");
        Assert.Equal([list.Digest, list.Digest, list.Digest], piped.Output.Select(info => info.Text("Digest")));
        Assert.Equal("1 2", string.Join(' ', Shell.Run("Get-ManifestList | ForEach-Object { $n = 0 } { (++$n) }", $"{Source}/list:v1", row).Output));
    }

    [Fact]
    public void What_cannot_be_shown_is_an_error_and_the_others_go_on()
    {
        Put("list", SampleImages.DockerList("list"));
        Outcome outcome = Shell.Run("Get-ManifestList", "Not A Reference", $"{Source}/missing:v1", $"{Source}/list:v1");
        Assert.Equal($"{Source}/list:v1", outcome.Text("Image"));
        Assert.Equal(
            ["InvalidReference,MirrorValidate.PowerShell.Commands.GetManifestListCommand", "ManifestNotFound,MirrorValidate.PowerShell.Commands.GetManifestListCommand"],
            outcome.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal([ErrorCategory.InvalidArgument, ErrorCategory.ObjectNotFound], outcome.Errors.Select(error => error.CategoryInfo.Category));
        Assert.Equal(["Not A Reference", $"{Source}/missing:v1"], outcome.Errors.Select(error => error.TargetObject));
        Assert.All(outcome.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
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
    public void A_credential_is_used()
    {
        Put("list", SampleImages.DockerList("list"));
        Registries.Source.Options.Authentication = new BasicAuthentication("reader", "secret");
        Assert.StartsWith("Unauthorized,", Assert.Single(Shell.Run($"Get-ManifestList {Source}/list:v1").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Outcome outcome = Shell.Run($"""
            $secret = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object {"{"} $secret.AppendChar($_) {"}"}
            Get-ManifestList {Source}/list:v1 -Credential ([pscredential]::new('reader', $secret))
            """);
        Assert.Equal($"{Source}/list:v1", outcome.Text("Image"));
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

    [Fact]
    public void The_log_tells_of_each_request()
    {
        Put("list", SampleImages.DockerList("list"));
        Outcome outcome = Shell.Run($"Get-ManifestList {Source}/list:v1 -Debug");
        Assert.Contains(outcome.Debug, line => line.Contains("[DEBU]", StringComparison.Ordinal) && line.Contains("/v2/library/list/manifests/v1", StringComparison.Ordinal));
    }

    private BuiltManifest Put(string name, BuiltManifest image)
    {
        image.PutInto(Registries.Source.Store, $"library/{name}", "v1");
        return image;
    }

    private static List<string> Platforms(PSObject info) => [.. LanguagePrimitives.ConvertTo<string[]>(info.Value("Platforms"))];

    private static List<PSObject> Manifests(PSObject info) => [.. LanguagePrimitives.ConvertTo<object[]>(info.Value("Manifests")).Select(PSObject.AsPSObject)];
}
