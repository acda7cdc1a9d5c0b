using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Results;

/// <summary>Makes the JSON of results, one after the other, in one buffer. Not for concurrent use.</summary>
internal sealed class ResultWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    internal ResultWriter() =>
        _writer = new Utf8JsonWriter(_buffer, Options with { SkipValidation = true });

    /// <summary>How results are written: the default encoder leaves nothing as it is but printable ASCII.</summary>
    internal static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The JSON of a result, until the next.</summary>
    /// <param name="result">The result.</param>
    /// <param name="before">White space to put before it.</param>
    /// <param name="after">White space to put after it.</param>
    internal ReadOnlySpan<byte> Write(
        MirrorImageResult result, ReadOnlySpan<byte> before = default, ReadOnlySpan<byte> after = default)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _buffer.Write(before);
        MirrorResultJson.Write(_writer, result);
        _writer.Flush();
        _buffer.Write(after);
        return _buffer.WrittenSpan;
    }

    /// <summary>The JSON of settings, as results have it.</summary>
    internal static byte[] ToBytes(ValidationSettings settings)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options)) MirrorResultJson.Write(writer, settings);
        return bytes.ToArray();
    }

    public void Dispose() => _writer.Dispose();
}
