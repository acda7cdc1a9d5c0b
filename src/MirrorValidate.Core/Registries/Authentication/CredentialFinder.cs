using System.Collections.Concurrent;
using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>Finds the credentials of one side for requests, and logs where each comes from.</summary>
/// <param name="credentials">The credentials of the side.</param>
/// <param name="sideName">The name of the side, for log lines.</param>
internal sealed class CredentialFinder(CredentialChain credentials, string sideName)
{
    private readonly ConcurrentDictionary<(RegistryHost, RegistryCredential?), bool> _announced = new();

    /// <summary>Finds the credential for a request; its secrets are hidden from now on.</summary>
    /// <exception cref="RegistryException">There may be one, but its source failed.</exception>
    internal async ValueTask<RegistryCredential?> FindAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        try
        {
            (RegistryCredential? credential, string? source) =
                await LookAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
            if (credential is not null) state.Context.Hide(credential.Secrets);
            if (_announced.TryAdd((endpoint.Host, credential), true))
            {
                state.Context.Log(LogLevel.Information, () => credential is null
                    ? $"no credential for {sideName} {endpoint.Host}: asking anonymously"
                    : $"using the credential for {sideName} {endpoint.Host} from {source}");
            }

            return credential;
        }
        catch (CredentialException e)
        {
            throw new RegistryException(RegistryFault.Unauthorized, e.Message, e);
        }
    }

    /// <summary>Whether there is a credential for a request, or a source that failed may have one.</summary>
    internal async ValueTask<bool> MayHaveAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        try
        {
            return (await LookAsync(endpoint, state, cancellationToken).ConfigureAwait(false)).Credential is not null;
        }
        catch (CredentialException)
        {
            return true;
        }
    }

    private async ValueTask<(RegistryCredential? Credential, string? Source)> LookAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        state.WaitingFor = " from the credential helper";
        (RegistryCredential? Credential, string? Source) found = await credentials
            .FindWithSourceAsync(endpoint.Host, state.Request.Repository, cancellationToken)
            .ConfigureAwait(false);
        state.WaitingFor = "";
        return found;
    }
}
