namespace MirrorValidate.Core.Tests.ImageLists;

/// <summary>A text said over and over, that is not kept anywhere. Counts what is read of it; cannot look ahead, as a pipe cannot.</summary>
internal sealed class RepeatingReader(string text, long length) : TextReader
{
    internal long Count { get; private set; }

    public override int Peek() => throw new NotSupportedException("looks ahead");

    public override int Read() => Count == length ? -1 : text[(int)(Count++ % text.Length)];
}
