using System.Buffers.Binary;
using System.Text.Json;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>
/// Keeps results in a temporary file, so that a report of any number of them needs little memory. The file is deleted
/// when it is closed.
/// </summary>
internal sealed class ResultSpool : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly FileStream _file;
    private readonly CancellationToken _cancellationToken;
    private readonly ResultWriter _writer = new();

    // Where the next result goes; the file itself stands wherever one was read last.
    private long _end;

    /// <summary>Opens the temporary file.</summary>
    /// <param name="folder">The folder for it.</param>
    /// <param name="cancellationToken">Ends all reading and writing of results.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    internal ResultSpool(string folder, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _file = new FileStream(
            Path.Combine(folder, $".mirror-report-{Path.GetRandomFileName()}"),
            FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose);
    }

    /// <summary>Appends a result.</summary>
    /// <returns>Where it is.</returns>
    internal long Add(MirrorImageResult result)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> json = _writer.Write(result);
        long place = _end;
        if (_file.Position != place) _file.Position = place;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        _file.Write(length);
        _file.Write(json);
        _end = _file.Position;
        return place;
    }

    /// <summary>Reads a result.</summary>
    /// <param name="place">Where it is.</param>
    internal MirrorImageResult Read(long place)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_file.Position != place) _file.Position = place;
        Span<byte> length = stackalloc byte[sizeof(int)];
        _file.ReadExactly(length);
        byte[] json = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        _file.ReadExactly(json);
        using JsonDocument document = JsonDocument.Parse(json);
        return ResultReader.Read(document.RootElement);
    }

    public void Dispose()
    {
        _file.Dispose();
        _writer.Dispose();
    }
}
