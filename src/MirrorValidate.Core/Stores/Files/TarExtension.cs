using System.Globalization;
using System.Text;

namespace MirrorValidate.Stores.Files;

/// <summary>
/// What the extended headers before an entry say of it: those of pax (POSIX.1-2017, pax, "pax Extended Header") and
/// GNU tar's long names. Global headers say nothing of names and sizes that a store needs.
/// </summary>
internal sealed class TarExtension
{
    private string? _name;
    private string? _target;
    private long? _size;

    /// <summary>Whether the entry is sparse: its content is not what lies in the archive.</summary>
    internal bool IsSparse { get; private set; }

    /// <summary>Takes in a header.</summary>
    /// <param name="type">Its type flag.</param>
    /// <param name="content">Its content.</param>
    /// <returns>Whether it could be read.</returns>
    internal bool Add(char type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case 'L':
                _name = TarHeader.Text(content);
                return true;
            case 'K':
                _target = TarHeader.Text(content);
                return true;
            case 'x':
                return AddRecords(content);
            default:
                return true;
        }
    }

    /// <summary>Completes the header of the entry.</summary>
    /// <param name="header">The header.</param>
    /// <param name="size">The size in it.</param>
    /// <param name="offset">Where the content begins.</param>
    internal TarEntry Apply(ReadOnlySpan<byte> header, long size, long offset)
    {
        string name = _name ?? TarHeader.Name(header);
        // Very old archives mark folders by the name only.
        TarEntryKind kind = TarHeader.Type(header) switch
        {
            '0' or '\0' or '7' when !name.EndsWith('/') => TarEntryKind.File,
            '1' => TarEntryKind.HardLink,
            '2' => TarEntryKind.SymbolicLink,
            'S' => TarEntryKind.File,
            _ => TarEntryKind.Other,
        };
        bool hasContent = kind == TarEntryKind.File || TarHeader.Type(header) is not (>= '1' and <= '6');
        return new TarEntry(
            name,
            kind,
            hasContent ? _size ?? size : 0,
            kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink ? _target ?? TarHeader.Target(header) : "",
            offset);
    }

    // Each record is "LENGTH KEY=VALUE\n", and its length counts the whole record.
    private bool AddRecords(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            int space = records.IndexOf((byte)' ');
            if (space <= 0
                || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space + 1 || length > records.Length || records[length - 1] != (byte)'\n')
            {
                return false;
            }

            ReadOnlySpan<byte> record = records[(space + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals <= 0 || !Add(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..])) return false;
            records = records[length..];
        }

        return true;
    }

    private bool Add(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path":
                _name = Encoding.UTF8.GetString(value);
                return true;
            case "linkpath":
                _target = Encoding.UTF8.GetString(value);
                return true;
            case "size":
                bool isSize = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long size);
                _size = size;
                return isSize;
            default:
                IsSparse |= key.StartsWith("GNU.sparse.", StringComparison.Ordinal);
                return true;
        }
    }
}
