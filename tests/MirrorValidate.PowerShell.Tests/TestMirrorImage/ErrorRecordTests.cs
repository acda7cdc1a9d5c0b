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

    [Fact]
    public void The_result_comes_before_its_record_and_only_errors_have_one()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -PreserveOrder 2>&1", Right("a"), Unknown("b"), Stale("c"), "unreadable line");
        Assert.Equal(
            ["Passed", "Error", "record", "Failed", "Error", "record"],
            outcome.Output.Select(item => item.BaseObject is ErrorRecord ? "record" : item.Text("Status")));
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void The_target_is_the_entry()
    {
        ErrorRecord record = Assert.Single(Shell.Run("Test-MirrorImage", Unknown("x")).Errors);
        var entry = PSObject.AsPSObject(record.TargetObject);
        Assert.Equal("MirrorValidate.ImageLists.MirrorImage", entry.BaseObject.GetType().FullName);
        Assert.Equal($"{Registries.Source.Host}/library/x", entry.Text("Source"));
    }

    [Fact]
    public void The_common_parameters_do_their_work()
    {
        Outcome outcome = Shell.Run(
            "Test-MirrorImage -ErrorAction SilentlyContinue -ErrorVariable problems -OutVariable results; $?; $problems.Count; $results.Count", Unknown("x"), Right("y"));
        Assert.Equal(["Error", "Passed"], outcome.Output.Take(2).Select(result => result.Text("Status")));
        Assert.Equal([false, 1, 2], outcome.Output.Skip(2).Select(item => item.BaseObject));
        Assert.True((bool)Shell.Run("Test-MirrorImage | ForEach-Object {}; $?", Stale("z")).Only.BaseObject);
    }

    [Fact]
    public void ErrorAction_Ignore_leaves_the_results()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -ErrorAction Ignore", Unknown());
        Assert.Equal("SourceNotFound", outcome.Text("Reason"));
        Assert.Empty(outcome.Errors);
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
