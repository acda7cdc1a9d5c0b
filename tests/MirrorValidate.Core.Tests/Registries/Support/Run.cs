using MirrorValidate.ImageLists;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>A run of the product: one session, a client for each side, and the validator.</summary>
internal sealed class Run : IDisposable
{
    private readonly RegistrySession _session;
    private int _entries;

    internal Run(
        RegistryOptions? options = null,
        ICredentialSource? source = null,
        ICredentialSource? destination = null,
        ValidationOptions? validation = null,
        TimeProvider? clock = null)
    {
        _session = new RegistrySession(options ?? Quick, clock);
        Source = _session.CreateClient(RegistrySide.Source, Chain(source));
        Destination = _session.CreateClient(RegistrySide.Destination, Chain(destination));
        Validation = validation ?? new ValidationOptions();
    }

    /// <summary>Two retries, at once, and nothing of the machine.</summary>
    internal static RegistryOptions Quick { get; } =
        new() { MaximumRetryCount = 2, RetryDelay = TimeSpan.FromMilliseconds(1), CertificateDirectories = [] };

    internal RegistryClient Source { get; }

    internal RegistryClient Destination { get; }

    internal ValidationOptions Validation { get; }

    internal CapturedLog Log { get; } = new();

    internal static FixedCredential User(string name, string password) => new("the test", RegistryCredential.Basic(name, password));

    internal Task<MirrorImageResult> ValidateAsync(string line, CancellationToken cancellationToken = default)
    {
        int id = Interlocked.Increment(ref _entries);
        var validator = new MirrorValidator(new CachingImageReader(Source), new CachingImageReader(Destination), Validation, Log);
        return validator.ValidateAsync(ImageListEntry.Read(id, new ImageListLine(line, id, Path: null)), cancellationToken);
    }

    internal string DescribePulls() => _session.DescribePulls();

    internal RequestContext Context(TimeSpan? timeout = null) => new(Log, timeout ?? Patience.Long);

    public void Dispose() => _session.Dispose();

    private static CredentialChain Chain(ICredentialSource? source) => source is null ? new CredentialChain() : new CredentialChain(source);
}
