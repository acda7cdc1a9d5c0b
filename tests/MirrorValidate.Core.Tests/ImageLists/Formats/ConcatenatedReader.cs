namespace MirrorValidate.Core.Tests.ImageLists.Formats;

/// <summary>A text and then another.</summary>
internal sealed class ConcatenatedReader(TextReader first, TextReader second) : TextReader
{
    public override int Peek() => first.Peek() is >= 0 and var next ? next : second.Peek();

    public override int Read() => first.Read() is >= 0 and var next ? next : second.Read();
}
