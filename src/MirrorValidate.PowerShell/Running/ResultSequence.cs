using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>Brings results into list order, where that is wanted, holding back a bounded number of them.</summary>
/// <param name="inListOrder">Whether results leave in list order instead of completion order.</param>
/// <param name="throttle">How many entries are validated at once.</param>
internal sealed class ResultSequence(bool inListOrder, int throttle)
{
    private readonly Dictionary<int, MirrorImageResult> _held = [];
    private int _lastStarted;
    private int _next = 1;

    /// <summary>Whether the oldest result has to come before another entry may start.</summary>
    internal bool IsFull => inListOrder && _lastStarted - _next >= throttle * 16;

    /// <summary>Notes that an entry was started.</summary>
    internal void Started(int id) => _lastStarted = id;

    /// <summary>Takes a result and gives those whose turn it is.</summary>
    internal IEnumerable<MirrorImageResult> Add(MirrorImageResult result)
    {
        if (!inListOrder)
        {
            yield return result;
            yield break;
        }

        _held.Add(result.Id, result);
        while (_held.Remove(_next, out MirrorImageResult? ready))
        {
            _next++;
            yield return ready;
        }
    }
}
