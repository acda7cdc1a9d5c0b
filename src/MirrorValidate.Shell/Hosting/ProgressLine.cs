namespace MirrorValidate.Shell.Hosting;

/// <summary>The one line at the cursor of a terminal that progress is drawn on, and that gives way to any output.</summary>
internal sealed class ProgressLine(TextSink sink)
{
    private const string EraseLine = "\r\u001b[2K";
    private bool _visible;

    public bool CanShow => sink.IsTerminal;

    /// <summary>Draws the text in place of the one before. Does nothing in the middle of a line of output.</summary>
    public void Show(string text)
    {
        if (!CanShow || sink.Column > 0)
            return;
        sink.WriteRaw(EraseLine + text);
        _visible = true;
    }

    public void Hide()
    {
        if (!_visible)
            return;
        sink.WriteRaw(EraseLine);
        _visible = false;
    }
}
