using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>One thing that goes wrong at a registry, and what must be said of it.</summary>
/// <param name="Name">Its name, unique.</param>
/// <param name="Arrange">Lets it go wrong.</param>
/// <param name="Status">The verdict.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Requests">The most requests that the registry, its token server and where it redirects to are sent for the entry.</param>
/// <param name="Says">What the message must say, besides side, host, request line and attempts.</param>
internal sealed record FaultCase(
    string Name, Action<EmbeddedRegistry, EmbeddedRegistry> Arrange, ValidationStatus Status, ValidationReason Reason, int Requests, params string[] Says)
{
    /// <summary>The attempts that the message must name; null: as many as <see cref="Requests"/>.</summary>
    internal int? Attempts { get; init; }

    /// <summary>The request that the message must name.</summary>
    internal string Request { get; init; } = $"GET {Mirror.Manifest}";

    /// <summary>How registries are reached.</summary>
    internal RegistryOptions Options { get; init; } = Run.Quick;

    /// <summary>The image; null: a Docker list of four platforms.</summary>
    internal BuiltManifest? Image { get; init; }

    /// <summary>The credential for the registry; null: none.</summary>
    internal FixedCredential? Credential { get; init; }

    /// <summary>The registry's certificate; null: it speaks plain HTTP.</summary>
    internal Func<System.Security.Cryptography.X509Certificates.X509Certificate2>? Certificate { get; init; }

    /// <summary>A fault of all manifest requests by tag.</summary>
    internal static FaultCase Of(string name, Func<Fault> fault, ValidationReason reason, int requests, params string[] says) =>
        new(name, (registry, _) => registry.Faults.Add(fault()), ValidationStatus.Error, reason, requests, says);

    /// <summary>What the message says where nothing answers and <see cref="Impatient"/> is set.</summary>
    internal const string NoAnswer = "no answer within 3 s";

    /// <summary>The case with one attempt of a few seconds.</summary>
    internal FaultCase Impatient =>
        this with { Options = Options with { AttemptTimeout = TimeSpan.FromSeconds(3), MaximumRetryCount = 0 } };
}
