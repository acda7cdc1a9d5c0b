using System.Net;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>How a <see cref="TokenServer"/> answers.</summary>
public sealed record TokenServerOptions
{
    /// <summary>Who may have tokens.</summary>
    /// <value>null: everybody.</value>
    public NetworkCredential? User { get; init; }

    /// <summary>An identity token that is as good as <see cref="User"/>'s password (<c>grant_type=refresh_token</c>).</summary>
    public string? IdentityToken { get; init; }

    /// <summary>
    /// How long a token is valid. CNCF Distribution takes a token for 60 seconds longer than that, so one that it refuses from the
    /// beginning has a lifetime of less than -60 seconds.
    /// </summary>
    /// <value>5 minutes</value>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The <c>expires_in</c> that the client is told, in whole seconds.</summary>
    /// <value>null: it is not told.</value>
    public TimeSpan? ReportedLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is granted of a scope that was asked for: the same, or one of fewer actions.</summary>
    /// <value>null: all that is asked for.</value>
    public Func<TokenScope, TokenScope>? Grant { get; init; }

    /// <summary>Server certificate.</summary>
    /// <value>null: plain HTTP. Read when the service starts.</value>
    public CertificateFiles? Certificate { get; init; }
}
