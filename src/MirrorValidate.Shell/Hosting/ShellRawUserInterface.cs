using System.Management.Automation;
using System.Management.Automation.Host;

namespace MirrorValidate.Shell.Hosting;

/// <summary>The screen as far as a terminal without a buffer to read back has one.</summary>
internal sealed class ShellRawUserInterface(ShellConsole console) : PSHostRawUserInterface
{
    private const int AssumedHeight = 50;

    /// <summary>The colours asked for last; a terminal cannot be asked for its own.</summary>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => new(console.Width, WindowSize.Height);
        set => throw Unsupported();
    }

    public override Size WindowSize
    {
        get => new(console.Width, console.Output.IsTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : AssumedHeight);
        set => throw Unsupported();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates CursorPosition
    {
        get => console.Output.IsTerminal && console.IsInputTerminal
            ? new Coordinates(Console.CursorLeft, Console.CursorTop)
            : new Coordinates(0, 0);
        set
        {
            if (console.Output.IsTerminal)
                Console.SetCursorPosition(value.X, value.Y);
        }
    }

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw Unsupported();
    }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle
    {
        get => "";
        set
        {
            if (console.Output.IsTerminal)
                Console.Title = value;
        }
    }

    public override bool KeyAvailable => console.IsInputTerminal && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!console.IsInputTerminal)
            throw new PSInvalidOperationException("A key cannot be read: standard input is not a terminal.");
        ConsoleKeyInfo key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates modifiers =
            (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0) |
            (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0) |
            (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0);
        return new KeyInfo((int)key.Key, key.KeyChar, modifiers, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            _ = Console.ReadKey(intercept: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // The one use that works on every terminal: all of it, which is how Clear-Host clears.
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 })
            throw Unsupported();
        if (console.Output.IsTerminal)
            Console.Clear();
    }

    private static PSNotSupportedException Unsupported() => new("This console has no screen buffer to read, move or resize.");
}
