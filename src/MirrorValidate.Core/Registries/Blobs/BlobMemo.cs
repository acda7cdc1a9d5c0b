using System.Collections.Concurrent;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Blobs;

/// <summary>
/// What is known of blobs, so that one which many images share is looked at once in a run. Who needs a blob that is being looked at
/// waits for that. Kept is what was found, good or bad, and never that it could not be found out.
/// </summary>
/// <param name="client">Looks at blobs.</param>
/// <param name="capacity">How many blobs are kept; those beyond are looked at each time.</param>
internal sealed class BlobMemo(BlobClient client, int capacity = 500_000)
{
    private readonly ConcurrentDictionary<Key, Task<Outcome>> _known = new();
    private int _count;

    /// <summary>Whether a blob is there, and of the right size; see <see cref="BlobClient.FindAsync"/>.</summary>
    /// <exception cref="RegistryException">That could not be told.</exception>
    internal Task<BlobState> FindAsync(ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        // What was hashed is known to be there.
        _known.TryGetValue(KeyOf(image, blob, isHashed: true), out Task<Outcome>? hashed)
            && hashed is { IsCompletedSuccessfully: true, Result.State: { } state } && state.Problem != BlobProblem.Digest
            ? Task.FromResult(state)
            : LookAsync(KeyOf(image, blob, isHashed: false), () => client.FindAsync(image, blob, context, cancellationToken), context, cancellationToken);

    /// <summary>Downloads and hashes a blob; see <see cref="BlobClient.HashAsync"/>.</summary>
    /// <exception cref="RegistryException">That could not be done.</exception>
    internal Task<BlobState> HashAsync(ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        LookAsync(KeyOf(image, blob, isHashed: true), () => client.HashAsync(image, blob, context, cancellationToken), context, cancellationToken);

    private static Key KeyOf(ImageReference image, Descriptor blob, bool isHashed) => new(image.Name, blob.Digest, blob.Size, isHashed);

    private async Task<BlobState> LookAsync(Key key, Func<Task<BlobState>> look, RequestContext context, CancellationToken cancellationToken)
    {
        var own = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            if (Volatile.Read(ref _count) >= capacity && !_known.ContainsKey(key)) return await look().ConfigureAwait(false);
            Task<Outcome> first = _known.GetOrAdd(key, own.Task);
            if (first == own.Task) return await LookFirstAsync(key, own, look).ConfigureAwait(false);
            Outcome outcome = await WaitAsync(first, key, context, cancellationToken).ConfigureAwait(false);
            if (outcome.State is { } state) return state;
            // Who looked may have had less time. Any other trouble is everybody's who waited for it, so that they do not meet it one by one.
            if (outcome.Fault is { Fault: not RegistryFault.TimedOut } fault) throw fault;
        }
    }

    private async Task<BlobState> LookFirstAsync(Key key, TaskCompletionSource<Outcome> own, Func<Task<BlobState>> look)
    {
        Interlocked.Increment(ref _count);
        var outcome = new Outcome(null, null);
        try
        {
            BlobState state = await look().ConfigureAwait(false);
            outcome = new Outcome(state, null);
            return state;
        }
        catch (RegistryException e)
        {
            outcome = new Outcome(null, e);
            throw;
        }
        finally
        {
            if (outcome.State is null && _known.TryRemove(KeyValuePair.Create(key, own.Task))) Interlocked.Decrement(ref _count);
            own.SetResult(outcome);
        }
    }

    private static async Task<Outcome> WaitAsync(Task<Outcome> first, Key key, RequestContext context, CancellationToken cancellationToken)
    {
        if (!first.IsCompleted) context.Log(LogLevel.Debug, () => $"waiting for {key.Name}@{key.Digest}, which another image has asked for");
        try
        {
            TimeSpan left = context.TimeLeft;
            return await first.WaitAsync(left == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : left, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            string time = RequestProgress.Seconds(context.Timeout ?? default);
            throw new RegistryException(
                RegistryFault.TimedOut, $"{key.Name}@{key.Digest}: no answer within the {time} for the image; another image has asked for it", e);
        }
    }

    /// <summary>A blob as a descriptor states it, and how it is looked at.</summary>
    private sealed record Key(string Name, Digest Digest, long Size, bool IsHashed);

    /// <summary>What was found, or why nothing was; neither where the run was cancelled.</summary>
    private sealed record Outcome(BlobState? State, RegistryException? Fault);
}
