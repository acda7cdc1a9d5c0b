using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// The faults of a registry. The first one that fires for a request is used. Safe for concurrent use.
/// </summary>
public sealed class FaultList
{
    private ImmutableArray<Fault> _faults = [];

    /// <summary>Adds a fault after the existing ones.</summary>
    /// <returns>The same fault, for its <see cref="Fault.Hits"/>.</returns>
    public Fault Add(Fault fault)
    {
        ImmutableInterlocked.Update(ref _faults, static (faults, added) => faults.Add(added), fault);
        return fault;
    }

    /// <summary>Removes a fault.</summary>
    public void Remove(Fault fault) =>
        ImmutableInterlocked.Update(ref _faults, static (faults, removed) => faults.Remove(removed), fault);

    /// <summary>Removes all faults.</summary>
    public void Clear() => ImmutableInterlocked.InterlockedExchange(ref _faults, []);

    internal Fault? Match(HttpContext context, Func<HttpContext, bool> isAuthorized)
    {
        foreach (var fault in _faults)
        {
            if (fault.Fires(context, isAuthorized))
            {
                return fault;
            }
        }

        return null;
    }
}
