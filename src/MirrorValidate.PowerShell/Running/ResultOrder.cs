using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>
/// Decides when a result is written: at once, or in its turn to preserve list order. The number of results that are
/// held back is limited.
/// </summary>
/// <param name="preserve">Whether results are written in list order instead of completion order.</param>
/// <param name="throttle">The number of entries that are validated at once.</param>
internal sealed class ResultOrder(bool preserve, int throttle)
{
    private readonly Dictionary<int, MirrorImageResult> _held = [];

    // The entries that were started and not yet written.
    private readonly Queue<int> _started = [];

    /// <summary>Whether the oldest result must come before another entry may start.</summary>
    internal bool IsFull => _started.Count > throttle * 16;

    /// <summary>Notes that an entry was started.</summary>
    internal void Started(int id)
    {
        if (preserve) _started.Enqueue(id);
    }

    /// <summary>Takes a result and returns those that may be written now.</summary>
    internal IEnumerable<MirrorImageResult> Add(MirrorImageResult result)
    {
        if (!preserve) return [result];
        _held.Add(result.Id, result);
        return TakeReady();
    }

    private IEnumerable<MirrorImageResult> TakeReady()
    {
        while (_started.TryPeek(out int next) && _held.Remove(next, out MirrorImageResult? ready))
        {
            _started.Dequeue();
            yield return ready;
        }
    }
}
