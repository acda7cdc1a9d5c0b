using System.Net;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>The options of a <see cref="TokenServer"/>.</summary>
public sealed record TokenServerOptions
{
    /// <summary>The user who may get tokens.</summary>
    /// <value>null: everybody.</value>
    public NetworkCredential? User { get; init; }

    /// <summary>
    /// An identity token that is accepted instead of <see cref="User"/>'s password (<c>grant_type=refresh_token</c>).
    /// </summary>
    public string? IdentityToken { get; init; }

    /// <summary>
    /// How long a token is valid. CNCF Distribution accepts a token for 60 seconds longer, so less than -60 seconds
    /// makes a token that it always refuses.
    /// </summary>
    /// <value>5 minutes</value>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The <c>expires_in</c> of the answer, in whole seconds.</summary>
    /// <value>null: omitted.</value>
    public TimeSpan? ReportedLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The access to grant for a requested scope: the same, or fewer actions.</summary>
    /// <value>null: everything requested.</value>
    public Func<TokenScope, TokenScope>? Grant { get; init; }

    /// <summary>Server certificate.</summary>
    /// <value>null: plain HTTP. Read when the service starts.</value>
    public CertificateFiles? Certificate { get; init; }
}
