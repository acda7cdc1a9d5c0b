namespace MirrorValidate.Registries.Transport;

/// <summary>The response at the end of the redirects, its body not yet read.</summary>
/// <param name="Message">The response.</param>
/// <param name="Endpoint">The endpoint that sent it.</param>
/// <param name="Address">The URL that was asked.</param>
/// <param name="IsForeign">Whether its origin is not the registry's, so that it was sent no authorization.</param>
internal sealed record FinalResponse(
    HttpResponseMessage Message, RegistryEndpoint Endpoint, Uri Address, bool IsForeign) : IDisposable
{
    public void Dispose() => Message.Dispose();
}
