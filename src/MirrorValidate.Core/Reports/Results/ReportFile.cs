using System.Text.Json;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Results;

/// <summary>
/// Reads the results in a JSON report, or in an array of them as <c>ConvertTo-Json</c> writes it, one by one: a report
/// may be larger than memory.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private const int InitialSize = 1 << 16;

    private readonly StreamWindow _window;
    private JsonReaderState _state;

    // Whether the next token is the value of the report's "results".
    private bool _isNamed;

    // How deep the elements of the array of results stand; 0 outside of it.
    private int _resultDepth;
    private bool _hasResults;

    private ReportFile(Stream stream) => _window = new StreamWindow(stream, InitialSize);

    /// <summary>Reads the results of a file.</summary>
    /// <exception cref="FormatException">It has no results, or something in their place.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static IEnumerable<MirrorImageResult> Read(Stream stream)
    {
        using var file = new ReportFile(stream);
        file.SkipByteOrderMark();
        while (file.ReadNext() is { } result) yield return result;
    }

    public void Dispose() => _window.Dispose();

    private void SkipByteOrderMark()
    {
        Fill();
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (_window.Bytes.StartsWith(mark)) _window.Skip(mark.Length);
    }

    private MirrorImageResult? ReadNext()
    {
        try
        {
            while (true)
            {
                bool isAtResult = ScanToResult();
                if (isAtResult && TryReadResult(out MirrorImageResult? result)) return result;
                if (!isAtResult && _window.IsComplete) return End();
                Fill();
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not JSON: {e.Message}", e);
        }
    }

    // Reads tokens until the next is the beginning of a result, or the buffer ends.
    private bool ScanToResult()
    {
        var reader = new Utf8JsonReader(_window.Bytes, _window.IsComplete, _state);
        int read = 0;
        bool isAtResult = false;
        while (!isAtResult)
        {
            Utf8JsonReader next = reader;
            if (!next.Read()) break;
            isAtResult = _resultDepth > 0 && next.CurrentDepth == _resultDepth && IsValue(next.TokenType);
            if (isAtResult) break;
            Note(next);
            reader = next;
            read = (int)reader.BytesConsumed;
        }

        _state = reader.CurrentState;
        _window.Skip(read);
        return isAtResult;
    }

    private void Note(in Utf8JsonReader reader)
    {
        bool isResults = reader.CurrentDepth == 0 || (reader.CurrentDepth == 1 && _isNamed);
        if (reader.TokenType == JsonTokenType.StartArray && isResults && _resultDepth == 0)
        {
            _resultDepth = reader.CurrentDepth + 1;
            _hasResults = true;
        }
        else if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == _resultDepth - 1)
        {
            _resultDepth = 0;
        }

        _isNamed = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1
            && reader.ValueTextEquals("results"u8);
    }

    private bool TryReadResult(out MirrorImageResult? result)
    {
        var reader = new Utf8JsonReader(_window.Bytes, _window.IsComplete, _state);
        result = null;
        if (!reader.Read() || !JsonDocument.TryParseValue(ref reader, out JsonDocument? document)) return false;
        using (document) result = ResultReader.Read(document.RootElement);
        _state = reader.CurrentState;
        _window.Skip((int)reader.BytesConsumed);
        return true;
    }

    private MirrorImageResult? End() => _hasResults
        ? null
        : throw new FormatException("it has no results; a JSON report of Export-MirrorReport has");

    private void Fill()
    {
        if (_window.IsComplete) throw new JsonException("it ends in the middle");
        if (!_window.TryFill()) throw new JsonException("a result is larger than 64 MiB");
    }

    private static bool IsValue(JsonTokenType type) =>
        type is not (JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.PropertyName);
}
