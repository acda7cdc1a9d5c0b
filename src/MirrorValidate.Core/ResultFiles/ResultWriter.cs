using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.ResultFiles;

/// <summary>Makes the lines of a result file. Not for concurrent use.</summary>
internal sealed class ResultWriter : IDisposable
{
    // As in the JSON report: nothing but printable ASCII stands in the file.
    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = JavaScriptEncoder.Default,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _writer;

    internal ResultWriter() => _writer = new Utf8JsonWriter(_line, _options);

    /// <summary>The line of a result, with its line end; until the next.</summary>
    internal ReadOnlySpan<byte> Write(MirrorImageResult result)
    {
        _line.ResetWrittenCount();
        _writer.Reset();
        MirrorResultJson.Write(_writer, result);
        _writer.Flush();
        _line.Write("\n"u8);
        return _line.WrittenSpan;
    }

    /// <summary>What is written, as the lines have it.</summary>
    internal static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, _options)) write(writer);
        return bytes.ToArray();
    }

    public void Dispose() => _writer.Dispose();
}
