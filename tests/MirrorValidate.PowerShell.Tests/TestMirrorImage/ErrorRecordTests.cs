using System.Management.Automation;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>An Error result comes with exactly one error record, which follows it.</summary>
public sealed class ErrorRecordTests : ModuleTest
{
    public static TheoryData<string, ErrorCategory> Reasons => new()
    {
        { "SourceNotFound", ErrorCategory.ObjectNotFound },
        { "SourceUnsupported", ErrorCategory.InvalidType },
        { "NoMatchingPlatform", ErrorCategory.ObjectNotFound },
        { "NotARegistry", ErrorCategory.ResourceUnavailable },
        { "Unauthorized", ErrorCategory.AuthenticationError },
        { "Forbidden", ErrorCategory.PermissionDenied },
        { "RateLimited", ErrorCategory.QuotaExceeded },
        { "RegistryUnavailable", ErrorCategory.ResourceUnavailable },
        { "TlsFailure", ErrorCategory.SecurityError },
        { "TimedOut", ErrorCategory.OperationTimeout },
        { "ResponseTooLarge", ErrorCategory.LimitsExceeded },
        { "DigestVerificationFailed", ErrorCategory.InvalidData },
        { "MalformedManifest", ErrorCategory.InvalidData },
        { "InvalidLine", ErrorCategory.ParserError },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Each_reason_has_its_record(string reason, ErrorCategory category)
    {
        (string line, IAsyncDisposable? server) = await LineWithAsync(reason);
        Outcome outcome = Shell.Run("Test-MirrorImage -MaximumRetryCount 0 -TimeoutSec 2", line);
        if (server is not null) await server.DisposeAsync();
        Assert.Equal(("Error", reason), (outcome.Text("Status"), outcome.Text("Reason")));
        ErrorRecord record = Assert.Single(outcome.Errors);
        Assert.Equal($"{reason},MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", record.FullyQualifiedErrorId);
        Assert.Equal(category, record.CategoryInfo.Category);
        Assert.Equal(outcome.Text("Message"), record.ErrorDetails.Message);
        Assert.Equal(outcome.Text("Message"), record.Exception.Message);
        Assert.NotEmpty(record.ErrorDetails.RecommendedAction);
        Assert.Equal(reason == "InvalidLine" ? "no line at all" : line, record.TargetObject.ToString());
    }

    private async Task<(string Line, IAsyncDisposable? Server)> LineWithAsync(string reason)
    {
        switch (reason)
        {
            case "SourceNotFound":
                return (Unknown(), null);
            case "SourceUnsupported":
                string line = Right("strange");
                Registries.Source.Store.PutManifest("library/strange", "v1", "application/x-strange", "{}"u8.ToArray());
                return (line, null);
            case "NoMatchingPlatform":
                return (Registries.Add("s390x", SampleImages.DockerList("s390x", [ImagePlatform.LinuxS390x])), null);
            case "InvalidLine":
                return ("no line at all", null);
            case "TlsFailure":
                EmbeddedRegistry https = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = SelfSigned.Create() });
                return ($"{https.Host}/library/x {Registries.Destination.Host}/mirror/x v1", https);
        }

        Registries.Source.Faults.Add(reason switch
        {
            "NotARegistry" => new Fault { Status = 404, Body = "<html>", ContentType = "text/html" },
            "Unauthorized" => new Fault { Status = 401 },
            "Forbidden" => new Fault { Status = 403 },
            "RateLimited" => new Fault { Status = 429 },
            "RegistryUnavailable" => new Fault { Status = 503 },
            "TimedOut" => new Fault { HangForever = true },
            "ResponseTooLarge" => new Fault { EndlessBody = true },
            "DigestVerificationFailed" => new Fault { TransformBody = body => [.. body, (byte)'\n'] },
            _ => new Fault { Body = "<html>", ContentType = "application/vnd.oci.image.index.v1+json" },
        });
        return (Right(), null);
    }
}
