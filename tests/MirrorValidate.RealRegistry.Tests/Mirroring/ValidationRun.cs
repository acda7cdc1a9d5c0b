using System.Net;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>
/// Validates the lines of an image list with one session and its clients. Each line has its own validator, so nothing
/// is cached between lines, unless the run <c>remembers</c>, like that of a cmdlet.
/// </summary>
internal sealed class ValidationRun : IDisposable
{
    private readonly RegistrySession _session;
    private readonly Func<MirrorValidator> _createValidator;

    internal ValidationRun(
        RegistryOptions? registries = null, ValidationOptions? options = null, NetworkCredential? source = null, NetworkCredential? destination = null,
        bool remembers = false)
    {
        _session = new RegistrySession(registries ?? Quick);
        RegistryClient from = _session.CreateClient(RegistrySide.Source, Chain(source));
        RegistryClient to = _session.CreateClient(RegistrySide.Destination, Chain(destination));
        MirrorValidator Create() => new(
            new CachingImageReader(from), new CachingImageReader(to), options ?? new ValidationOptions(), NullLogSink.Instance);
        MirrorValidator first = Create();
        _createValidator = remembers ? () => first : Create;
    }

    /// <summary>One immediate retry, for tests that are not about retries.</summary>
    internal static RegistryOptions Quick { get; } = new() { MaximumRetryCount = 1, RetryDelay = TimeSpan.FromMilliseconds(10) };

    public Task<MirrorImageResult> ValidateAsync(string line, int id = 1) =>
        _createValidator().ValidateAsync(ImageListEntry.Read(id, new ImageListLine(line, id, Path: null)), CancellationToken.None);

    public void Dispose() => _session.Dispose();

    private static CredentialChain Chain(NetworkCredential? user) => user is null
        ? new CredentialChain()
        : new CredentialChain(new FixedCredential("the test", RegistryCredential.Basic(user.UserName, user.Password)));
}
