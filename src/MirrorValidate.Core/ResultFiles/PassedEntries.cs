using System.Text.Json;
using MirrorValidate.ImageLists;
using MirrorValidate.References;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.ResultFiles;

/// <summary>
/// The entries of a result file that need not be validated again: those whose last result has passed, with the same
/// settings, and is not too old.
/// </summary>
internal sealed class PassedEntries
{
    private readonly MirrorSettings _mirror;
    private readonly TimeSpan _maximumAge;

    // A result of the future is not believed: some clock is wrong.
    private readonly DateTimeOffset _now = DateTimeOffset.Now;
    private readonly ValidationSettings _settings;
    private readonly byte[] _settingsJson;
    private readonly HashSet<UInt128> _entries = [];

    /// <param name="options">How the run to come validates.</param>
    /// <param name="maximumAge">How old a result may be.</param>
    internal PassedEntries(ValidationOptions options, TimeSpan maximumAge)
    {
        _mirror = options.Mirror;
        _maximumAge = maximumAge;
        _settings = ValidationSettings.Of(options);
        _settingsJson = ResultWriter.ToBytes(_settings);
    }

    /// <summary>Takes a line of the file; a later one of the same entry replaces it.</summary>
    internal void Add(in ResultLine result, ReadOnlySpan<byte> line)
    {
        if (result.HasPassed && IsFresh(result.Time) && HasSettings(line[result.Settings]))
            _entries.Add(result.Entry);
        else
            _entries.Remove(result.Entry);
    }

    /// <summary>Whether an entry need not be validated again.</summary>
    internal bool Contains(ImageListEntry entry)
    {
        if (_entries.Count == 0 || entry.Image is not { } image) return false;
        try
        {
            (ImageReference from, ImageReference to) = image.Resolve(_mirror);
            return _entries.Contains(ResultLine.EntryOf(
                entry.Origin.Text, from.Name, to.Name, image.Tag, image.Platform ?? ""));
        }
        catch (ImageListException)
        {
            // It is validated, which reports it.
            return false;
        }
    }

    private bool IsFresh(DateTimeOffset? time) => time <= _now && _now - time <= _maximumAge;

    // The settings of one version are always written alike.
    private bool HasSettings(ReadOnlySpan<byte> json)
    {
        if (json.SequenceEqual(_settingsJson)) return true;
        if (json.IsEmpty) return false;
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        return ResultReader.ReadSettings(document.RootElement) == _settings;
    }
}
