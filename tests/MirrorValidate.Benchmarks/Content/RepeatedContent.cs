using System.Net;

namespace MirrorValidate.Benchmarks.Content;

/// <summary>A body of a repeated block, so that a large one only takes the memory of one block.</summary>
internal sealed class RepeatedContent(ReadOnlyMemory<byte> block, long length) : HttpContent
{
    /// <summary>The pieces that add up to the length.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> block, long length)
    {
        for (; length > 0; length -= block.Length) yield return block[..(int)Math.Min(block.Length, length)];
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (ReadOnlyMemory<byte> piece in Pieces(block, length)) await stream.WriteAsync(piece);
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
