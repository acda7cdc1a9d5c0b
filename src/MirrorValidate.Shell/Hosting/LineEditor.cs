using System.Text;

namespace MirrorValidate.Shell.Hosting;

/// <summary>Edits one line on a terminal: cursor keys, history, completion, a mask for secrets.</summary>
internal sealed class LineEditor(TextSink sink)
{
    private readonly StringBuilder _text = new();
    private int _cursor;
    private int _firstColumn;
    private int _cursorRow;
    private int _historyIndex;
    private CompletionCycle? _cycle;

    /// <summary>Shown in place of each character, when set.</summary>
    public char? Mask { get; init; }

    /// <summary>Earlier lines, oldest first, for the up and down keys.</summary>
    public IReadOnlyList<string> History { get; init; } = [];

    /// <summary>Gives the completions of a text at a position, when there are any.</summary>
    public Func<string, int, CompletionCycle?>? Complete { get; init; }

    public LineResult Read()
    {
        bool controlC = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            _firstColumn = sink.Column % Math.Max(Console.WindowWidth, 2);
            _historyIndex = History.Count;
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (EndOf(key) is LineEnd end)
                {
                    _cursor = _text.Length;
                    Redraw();
                    sink.Write(end == LineEnd.Cancelled ? "^C" + Environment.NewLine : Environment.NewLine);
                    return new LineResult(end, _text.ToString());
                }

                if (key.Key != ConsoleKey.Tab)
                    _cycle = null;
                Edit(key);
                Redraw();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = controlC;
        }
    }

    private LineEnd? EndOf(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.Enter } => LineEnd.Accepted,
        { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control } => LineEnd.Cancelled,
        { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when _text.Length == 0 => LineEnd.EndOfInput,
        _ => null,
    };

    private void Edit(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Backspace when _cursor > 0:
                _text.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete when _cursor < _text.Length:
                _text.Remove(_cursor, 1);
                break;
            case ConsoleKey.LeftArrow:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                _cursor = Math.Min(_text.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
                _cursor = 0;
                break;
            case ConsoleKey.End:
                _cursor = _text.Length;
                break;
            case ConsoleKey.Escape:
                Replace("");
                break;
            case ConsoleKey.UpArrow when _historyIndex > 0:
                Replace(History[--_historyIndex]);
                break;
            case ConsoleKey.DownArrow when _historyIndex < History.Count:
                _historyIndex++;
                Replace(_historyIndex < History.Count ? History[_historyIndex] : "");
                break;
            case ConsoleKey.Tab when Mask is null:
                CompleteAtCursor(backwards: key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _text.Insert(_cursor++, key.KeyChar);
                break;
        }
    }

    private void CompleteAtCursor(bool backwards)
    {
        _cycle ??= Complete?.Invoke(_text.ToString(), _cursor);
        if (_cycle is null)
            return;
        (string text, _cursor) = _cycle.Next(backwards);
        _text.Clear().Append(text);
    }

    private void Replace(string text)
    {
        _text.Clear().Append(text);
        _cursor = text.Length;
    }

    /// <summary>Draws the line again from its first column; a line longer than the terminal is wide takes several rows.</summary>
    private void Redraw()
    {
        int width = Math.Max(Console.WindowWidth, 2);
        StringBuilder screen = new();
        if (_cursorRow > 0)
            screen.Append("\u001b[").Append(_cursorRow).Append('A');
        screen.Append('\r');
        if (_firstColumn > 0)
            screen.Append("\u001b[").Append(_firstColumn).Append('C');
        screen.Append("\u001b[J");
        screen.Append(Mask is char mask ? new string(mask, _text.Length) : _text.ToString());

        // A full last row leaves the cursor pending at its end: a blank and a return bring it to the next.
        int end = _firstColumn + _text.Length;
        if (end % width == 0 && end > 0)
            screen.Append(" \r");

        int target = _firstColumn + _cursor;
        int up = (end / width) - (target / width);
        if (up > 0)
            screen.Append("\u001b[").Append(up).Append('A');
        screen.Append('\r');
        if (target % width > 0)
            screen.Append("\u001b[").Append(target % width).Append('C');
        _cursorRow = target / width;
        sink.WriteRaw(screen.ToString());
    }
}
