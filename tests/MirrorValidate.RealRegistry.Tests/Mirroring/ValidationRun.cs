using System.Net;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>A run of the product over lines of an image list: one session, its clients, and the validator.</summary>
public sealed class ValidationRun : IDisposable
{
    private readonly RegistrySession _session;
    private readonly MirrorValidator _validator;

    public ValidationRun(
        RegistryOptions? registries = null, ValidationOptions? options = null, NetworkCredential? source = null, NetworkCredential? destination = null)
    {
        _session = new RegistrySession(registries ?? Quick);
        _validator = new MirrorValidator(
            _session.CreateClient(RegistrySide.Source, Chain(source)),
            _session.CreateClient(RegistrySide.Destination, Chain(destination)),
            options ?? new ValidationOptions(),
            NullLogSink.Instance);
    }

    /// <summary>One retry, at once: for tests that are not about retries.</summary>
    public static RegistryOptions Quick { get; } = new() { MaximumRetryCount = 1, RetryDelay = TimeSpan.FromMilliseconds(10) };

    public Task<MirrorImageResult> ValidateAsync(string line, int id = 1) =>
        _validator.ValidateAsync(ImageListEntry.Read(id, new ImageListLine(line, id, Path: null)), CancellationToken.None);

    public void Dispose() => _session.Dispose();

    private static CredentialChain Chain(NetworkCredential? user) => user is null
        ? new CredentialChain()
        : new CredentialChain(new FixedCredential("the test", RegistryCredential.Basic(user.UserName, user.Password)));
}
