using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Registries.Transport;

/// <summary>What <c>/v2/</c> of a host says.</summary>
/// <param name="IsRegistry">
/// Whether a registry answers there; <see langword="null"/> if that could not be found out.
/// </param>
/// <param name="Challenges">The challenges of the host itself.</param>
/// <param name="Clause">The URL and its answer, for messages.</param>
internal sealed record PingAnswer(bool? IsRegistry, IReadOnlyList<Challenge> Challenges, string Clause)
{
    /// <summary>
    /// What a 404 in no form of a registry's means: that something is missing only where a registry answers.
    /// </summary>
    /// <param name="notFound">The 404.</param>
    /// <param name="address">The URL that was asked.</param>
    /// <param name="isAnonymous">Whether it was asked without authorization.</param>
    internal RegistryException Judge(RegistryException notFound, Uri address, bool isAnonymous) => IsRegistry switch
    {
        true when isAnonymous && Challenges.Count > 0 =>
            notFound.Saying($"{notFound.Message}; asked without a login, which the registry wants ({Clause})"),
        true => notFound,
        false => notFound.Saying(
            $"no registry answers at this address: {address}: {notFound.Message}; {Clause}",
            RegistryFault.NotARegistry),
        null => notFound.Saying(
            $"{notFound.Message}; it is not known whether a registry answers there ({Clause})",
            RegistryFault.UnexpectedResponse),
    };
}
