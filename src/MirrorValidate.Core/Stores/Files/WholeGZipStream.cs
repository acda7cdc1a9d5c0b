using System.IO.Compression;
using System.Security.Cryptography;

namespace MirrorValidate.Stores.Files;

/// <summary>
/// Decompresses a gzip file (RFC 1952) and notices if it is not whole. .NET's GZipStream does not: it skips the check
/// if the checksum is cut off, and ignores anything after the content that is not gzip.
/// </summary>
/// <remarks>
/// A gzip file is any number of members (section 2.2). A random mark is added as one more: it only comes out if the
/// file's own members are complete and nothing else follows them.
/// </remarks>
internal sealed class WholeGZipStream : ForwardStream
{
    private const int MarkSize = 16;

    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkSize);
    private readonly GZipStream _content;

    // What was read last, which may be the mark.
    private readonly byte[] _last = new byte[MarkSize];
    private bool _isStarted;

    /// <param name="file">The file. It is disposed with the stream.</param>
    internal WholeGZipStream(Stream file) =>
        _content = new GZipStream(new TwoStreams(file, new MemoryStream(Compress(_mark))), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The file is damaged, cut off, or has something after its end.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (!_isStarted && Decompress(_last) < MarkSize) throw NotWhole();
        _isStarted = true;
        int count = Decompress(buffer);
        KeepBack(buffer[..count]);
        return count == buffer.Length || _last.AsSpan().SequenceEqual(_mark) ? count : throw NotWhole();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _content.Dispose();
        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw NotWhole(e);
        }
    }

    // Gives what was kept back before, and keeps as much of what is new.
    private void KeepBack(Span<byte> piece)
    {
        Span<byte> before = stackalloc byte[MarkSize];
        _last.CopyTo(before);
        int moved = Math.Min(MarkSize, piece.Length);
        before[moved..].CopyTo(_last);
        piece[^moved..].CopyTo(_last.AsSpan(MarkSize - moved));
        piece[..^moved].CopyTo(piece[moved..]);
        before[..moved].CopyTo(piece);
    }

    private static InvalidDataException NotWhole(Exception? cause = null) =>
        new("its gzip data is damaged, cut off, or followed by something else", cause);

    private static byte[] Compress(byte[] content)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionMode.Compress)) gzip.Write(content);
        return member.ToArray();
    }

    private sealed class TwoStreams(Stream first, Stream second) : ForwardStream
    {
        public override int Read(Span<byte> buffer)
        {
            int count = first.Read(buffer);
            return count > 0 ? count : second.Read(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) first.Dispose();
            base.Dispose(disposing);
        }
    }
}
