using System.Net;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Access;

/// <summary>Registries with htpasswd: a refused client is told so, and never that an image does not exist.</summary>
public sealed class BasicAuthenticationTests : IAsyncLifetime
{
    private static readonly NetworkCredential Reader = new("reader", "source \"secret\": päss");
    private static readonly NetworkCredential Mirrorer = new("mirrorer", "destination secret");
    private static readonly NetworkCredential Wrong = new("mirrorer", "wrong");

    private RegistryPair _registries = null!;
    private string _line = "";

    public async Task InitializeAsync()
    {
        if (RealBinaries.SkipReason is not null) return;
        _registries = await RegistryPair.StartAsync(new DockerRegistryOptions { User = Reader }, new DockerRegistryOptions { User = Mirrorer });
        _line = await _registries.AddAsync(SampleImages.DockerList("list"), "list", new SkopeoCopyOptions
        {
            Source = new SkopeoEndpoint { Credential = Reader },
            Destination = new SkopeoEndpoint { Credential = Mirrorer },
        });
    }

    public async Task DisposeAsync()
    {
        if (_registries is not null) await _registries.DisposeAsync();
    }

    [RealRegistryFact]
    public async Task Right_credentials_pass_and_each_registry_refuses_only_the_first_request()
    {
        using var run = new ValidationRun(source: Reader, destination: Mirrorer);
        Expected.Passed(requests: 6).Check(await run.ValidateAsync(_line));
        Expected.Passed(requests: 4).Check(await run.ValidateAsync(_line));
    }

    [RealRegistryFact]
    public async Task What_does_not_exist_is_told_to_who_is_let_in()
    {
        using var run = new ValidationRun(source: Reader, destination: Mirrorer);
        await _registries.PushAsync(SampleImages.Image("unmirrored"), "unmirrored");
        Expected.DestinationNotFound.Check(await run.ValidateAsync(_registries.Line("unmirrored")));
        Expected.Error(ValidationReason.SourceNotFound, "source manifest does not exists").Check(await run.ValidateAsync(_registries.Line("nowhere")));
    }

    [RealRegistryFact]
    public async Task Missing_and_wrong_credentials_are_told_for_the_side_that_refused()
    {
        foreach (NetworkCredential? credential in new[] { null, Wrong, Reader })
        {
            using var run = new ValidationRun(source: Reader, destination: credential);
            Unauthorized("destination").Check(await run.ValidateAsync(_line));
            await _registries.PushAsync(SampleImages.Image("unmirrored"), "unmirrored");
            Unauthorized("destination").Check(await run.ValidateAsync(_registries.Line("unmirrored")));
        }

        foreach (NetworkCredential? credential in new[] { null, Wrong })
        {
            using var run = new ValidationRun(source: credential, destination: Mirrorer);
            Unauthorized("source").Check(await run.ValidateAsync(_line));
            Unauthorized("source").Check(await run.ValidateAsync(_registries.Line("nowhere")));
        }
    }

    [RealRegistryFact]
    public async Task The_credential_of_one_side_is_not_tried_at_the_other()
    {
        using var run = new ValidationRun(source: Reader);
        MirrorImageResult result = await run.ValidateAsync(_line);
        Unauthorized("destination").Check(result);
        Assert.DoesNotContain("with auth.user.name=reader", _registries.Destination.Log);
        Assert.DoesNotContain(Reader.Password, result.Message);
    }

    private static Expected Unauthorized(string side) => Expected.Error(
        ValidationReason.Unauthorized, $"{side} registry {{{side}Host}}: GET /v2/", "401 Unauthorized", "UNAUTHORIZED: authentication required (1 attempt)");
}
