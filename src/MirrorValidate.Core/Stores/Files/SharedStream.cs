namespace MirrorValidate.Stores.Files;

/// <summary>
/// A stream that shares a file with others, of which one may be read at a time: the entries of a .NET ZipArchive.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="gate">Locked while it is read.</param>
internal sealed class SharedStream(Stream inner, object gate) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        lock (gate) return inner.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (gate) inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
