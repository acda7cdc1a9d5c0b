namespace MirrorValidate.Registries.Transport;

/// <summary>The response at the end of the redirects, its body not yet read.</summary>
/// <param name="Message">The response.</param>
/// <param name="Endpoint">The endpoint that sent it.</param>
/// <param name="IsForeign">Whether its origin is not the registry's, so that it was sent no authorization.</param>
internal sealed record FinalResponse(
    HttpResponseMessage Message, RegistryEndpoint Endpoint, bool IsForeign) : IDisposable
{
    public void Dispose() => Message.Dispose();
}
