using System.Collections.Concurrent;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// The scopes that a host's challenges have named for its repositories, where they are others than the names in
/// requests tell. Empty for nearly all hosts. Thread-safe.
/// </summary>
internal sealed class ScopeMemory
{
    /// <summary>The number of scopes to keep. Repositories beyond it are challenged each time.</summary>
    private const int MaximumKept = 4096;

    private readonly ConcurrentDictionary<string, string> _scopes = new();
    private volatile bool _isRewriting;

    /// <summary>
    /// The scope for a repository; <see langword="null"/> if the host is known to rewrite names and has not yet said
    /// what this one's is.
    /// </summary>
    internal string? Find(string repository) =>
        _scopes.GetValueOrDefault(repository) ?? (_isRewriting ? null : TokenScope.Of(repository));

    /// <summary>Remembers what a challenge has said.</summary>
    internal void Learn(string repository, string scope)
    {
        if (scope != TokenScope.Of(repository)) _isRewriting = true;
        if (_isRewriting && _scopes.Count < MaximumKept) _scopes[repository] = scope;
    }
}
