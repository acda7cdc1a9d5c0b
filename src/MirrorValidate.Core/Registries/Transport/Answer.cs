namespace MirrorValidate.Registries.Transport;

/// <summary>An answer that is no redirect, its body not yet read.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Endpoint">Who gave it.</param>
/// <param name="IsForeign">Whether that is another origin than the one first asked, so that it saw no authorization.</param>
internal sealed record Answer(HttpResponseMessage Response, RegistryEndpoint Endpoint, bool IsForeign) : IDisposable
{
    public void Dispose() => Response.Dispose();
}
