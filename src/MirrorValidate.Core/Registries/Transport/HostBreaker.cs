using System.Net;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// The circuit breaker of a host, so that a long list does not wait for a dead host at every line. Three requests in a
/// row that get no answer, retries included, open it. After the break one request tries the host again, while the
/// others are still refused. Thread-safe.
/// </summary>
/// <remarks>
/// Polly's breaker opens at a ratio of failures within a period, which requests that fail slowly, one by one, never
/// reach.
/// </remarks>
/// <param name="breakDuration">How long the host is left alone before it is tried again.</param>
internal sealed class HostBreaker(TimeSpan breakDuration)
{
    private const int FailuresInARow = 3;

    private readonly object _lock = new();
    private int _failures;
    private bool _isTrying;
    private long _retryAt;

    /// <summary>Why the last unanswered request failed.</summary>
    internal string LastProblem { get; private set; } = "";

    private bool IsOpen => Volatile.Read(ref _failures) >= FailuresInARow;

    /// <summary>Whether a request may be sent. If so, call <see cref="Record"/> when it has ended.</summary>
    internal bool TryEnter()
    {
        if (!IsOpen) return true;
        lock (_lock)
        {
            if (!IsOpen) return true;
            if (_isTrying || Environment.TickCount64 < _retryAt) return false;
            return _isTrying = true;
        }
    }

    /// <summary>Records how a request ended.</summary>
    /// <param name="fault">Why it failed; <see langword="null"/> if it succeeded.</param>
    internal void Record(Exception? fault)
    {
        if (fault is null && Volatile.Read(ref _failures) == 0) return;
        lock (_lock)
        {
            // Sent before the circuit opened: only the request that tries the host again decides.
            if (IsOpen && !_isTrying) return;
            _isTrying = false;
            // A request that was cancelled says nothing about the host.
            if (fault is OperationCanceledException) return;
            if (!IsSilence(fault))
            {
                _failures = 0;
                return;
            }

            LastProblem = fault!.Message;
            _failures++;
            _retryAt = Environment.TickCount64 + (long)breakDuration.TotalMilliseconds;
        }
    }

    // A gateway's status means that the host behind it is silent. Any other status, 500 included, is an answer.
    private static bool IsSilence(Exception? fault) => fault is RegistryException
    {
        Fault: RegistryFault.Unavailable or RegistryFault.TimedOut,
        StatusCode: null
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout,
    };
}
