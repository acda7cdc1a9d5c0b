using System.Globalization;

namespace MirrorValidate.Registries.Transport;

/// <summary>Names a request in messages: side, host, request line and attempts. Never a query, which may carry a signature.</summary>
/// <param name="side">The side that the registry is on.</param>
/// <param name="request">The request.</param>
internal sealed class RequestDescription(RegistrySide side, RegistryRequest request)
{
    /// <summary>How often the request was tried.</summary>
    internal int Attempts { get; set; }

    /// <summary>The sentence for a problem with the request.</summary>
    internal string Explain(string problem)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{RegistrySideNames.NameOf(side)} {request.Host}: {request.Method} {request.FullPath}: {problem} ({Attempts} attempt{(Attempts == 1 ? "" : "s")})");
    }
}
