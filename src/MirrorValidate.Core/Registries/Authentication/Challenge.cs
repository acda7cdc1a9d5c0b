namespace MirrorValidate.Registries.Authentication;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 7235, section 4.1; RFC 6750, section 3).</summary>
/// <param name="Scheme">The scheme, lower case: <c>basic</c>, <c>bearer</c>, …</param>
/// <param name="Parameters">The parameters by lower-case name; of equal names, the first.</param>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    internal bool IsBearer => Scheme == "bearer";

    internal bool IsBasic => Scheme == "basic";

    /// <summary>The value of a parameter; <see langword="null"/> if it is absent.</summary>
    internal string? this[string name] => Parameters.GetValueOrDefault(name);
}
