namespace MirrorValidate.Shell.Hosting;

/// <summary>The completions of one place in a line, which the Tab key goes through.</summary>
/// <param name="text">The line before it was completed.</param>
/// <param name="start">Where the replaced part starts.</param>
/// <param name="length">The length of the replaced part.</param>
/// <param name="completions">What may stand there; at least one.</param>
internal sealed class CompletionCycle(string text, int start, int length, IReadOnlyList<string> completions)
{
    private int _index = -1;

    /// <summary>The line with the next completion in it, and the position after that.</summary>
    public (string Text, int Cursor) Next(bool backwards)
    {
        _index = backwards ? _index - 1 : _index + 1;
        _index = (_index + completions.Count) % completions.Count;
        string completion = completions[_index];
        return (string.Concat(text.AsSpan(0, start), completion, text.AsSpan(start + length)), start + completion.Length);
    }
}
