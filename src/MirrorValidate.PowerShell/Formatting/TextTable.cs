using System.Text;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>
/// A table inside a view: columns as wide as what stands in them, cells coloured without disturbing the alignment.
/// </summary>
/// <param name="headers">The column headers; one that is empty has no line under it.</param>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<Cell[]> _rows = [];

    internal void Add(params Cell[] cells) => _rows.Add(cells);

    /// <summary>The table, lines joined by a line feed, without a last one.</summary>
    public override string ToString()
    {
        int[] widths =
        [
            .. headers.Select((header, column) =>
                _rows.Select(row => row[column].Text.Length).Append(header.Length).Max()),
        ];
        IEnumerable<Cell[]> head =
        [
            [.. headers.Select(header => new Cell(header, ViewColor.Header))],
            [.. headers.Select(header => new Cell(new string('-', header.Length), ViewColor.Header))],
        ];
        return string.Join('\n', head.Concat(_rows).Select(row => Line(row, widths)));
    }

    private static string Line(Cell[] row, int[] widths)
    {
        int last = Array.FindLastIndex(row, cell => cell.Text.Length > 0);
        var line = new StringBuilder();
        for (int column = 0; column <= last; column++)
        {
            Cell cell = row[column];
            string padding = new(' ', widths[column] - cell.Text.Length);
            if (cell.IsNumber) line.Append(padding);
            line.Append(cell.Color is null ? cell.Text : cell.Color(cell.Text));
            if (column == last) break;
            if (!cell.IsNumber) line.Append(padding);
            line.Append(' ');
        }

        return line.ToString();
    }

    /// <summary>A cell.</summary>
    /// <param name="Text">Its text, without colour.</param>
    /// <param name="Color">What colours it.</param>
    /// <param name="IsNumber">Whether it stands at the right of its column.</param>
    internal sealed record Cell(string Text, Func<string, string>? Color = null, bool IsNumber = false);
}
