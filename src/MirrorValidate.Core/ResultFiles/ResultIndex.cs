using System.Text.Json;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.ResultFiles;

/// <summary>
/// Finds the last result of each entry in result files, which are read twice: in memory there is only where the results
/// are. Of two files the later result counts.
/// </summary>
internal sealed class ResultIndex
{
    private readonly List<string> _paths = [];
    private readonly Dictionary<UInt128, Found> _entries = [];

    /// <summary>The shards that the results are of.</summary>
    internal ShardCoverage Shards { get; } = new();

    /// <summary>Finds the results of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Whether its last line is torn, and left out.</returns>
    /// <exception cref="FormatException">It is no file of results; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal bool Add(string path, CancellationToken cancellationToken)
    {
        int file = _paths.Count;
        _paths.Add(path);
        using FileStream stream = OpenShared(path);
        using var lines = new ResultLineReader(stream);
        Shards.Begin(path);
        while (lines.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ResultFileEnd.Parse(lines, isFirst: lines.Number == 1) is not { } line) return true;
            Shards.Add(line.Shard);
            var found = new Found(file, lines.Place, line.Time ?? default);
            if (!_entries.TryGetValue(line.Entry, out Found known) || known.File == file || known.Time <= found.Time)
                _entries[line.Entry] = found;
        }

        return false;
    }

    /// <summary>The last results of all entries, in the order of the files, read one by one.</summary>
    internal IEnumerable<MirrorImageResult> ReadLast()
    {
        List<long>[] places = [.. _paths.Select(_ => new List<long>())];
        foreach (Found found in _entries.Values) places[found.File].Add(found.Place);
        _entries.Clear();
        foreach (List<long> inFile in places) inFile.Sort();
        return _paths.SelectMany((path, file) => ReadAt(path, places[file]));
    }

    /// <summary>
    /// The last result of each entry in a file; <see langword="null"/> if it is not a result file.
    /// </summary>
    /// <exception cref="FormatException">A line is damaged; the message names it.</exception>
    internal static IEnumerable<MirrorImageResult>? TryRead(string path)
    {
        using (FileStream stream = OpenShared(path))
        using (var lines = new ResultLineReader(stream))
        {
            if (!lines.Read() || !ResultLine.IsResult(lines.Line)) return null;
        }

        var index = new ResultIndex();
        index.Add(path, CancellationToken.None);
        return index.ReadLast();
    }

    /// <summary>All results of a file, in their order, read one by one.</summary>
    /// <exception cref="FormatException">It is no file of results; the message names the line.</exception>
    internal static IEnumerable<MirrorImageResult> ReadAll(string path)
    {
        using FileStream stream = OpenShared(path);
        using var lines = new ResultLineReader(stream);
        while (lines.Read() && ResultFileEnd.Parse(lines, isFirst: lines.Number == 1) is not null)
            yield return ReadLine(lines);
    }

    private static IEnumerable<MirrorImageResult> ReadAt(string path, List<long> places)
    {
        using FileStream stream = OpenShared(path);
        using var lines = new ResultLineReader(stream);
        foreach (long place in places)
        {
            while (lines.Read() && lines.Place < place)
            {
            }

            yield return ReadLine(lines);
        }
    }

    private static MirrorImageResult ReadLine(ResultLineReader lines)
    {
        var reader = new Utf8JsonReader(lines.Line);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return ResultReader.Read(document.RootElement);
    }

    // A run may be writing it.
    private static FileStream OpenShared(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private readonly record struct Found(int File, long Place, DateTimeOffset Time);
}
