namespace MirrorValidate.Embedded;

/// <summary>The members of a token answer that contain the token.</summary>
[Flags]
public enum TokenFields
{
    /// <summary>Neither: a broken token server.</summary>
    None = 0,

    /// <summary><c>token</c>.</summary>
    Token = 1,

    /// <summary><c>access_token</c>.</summary>
    AccessToken = 2,

    /// <summary>Both, as most token servers do.</summary>
    Both = Token | AccessToken,
}
