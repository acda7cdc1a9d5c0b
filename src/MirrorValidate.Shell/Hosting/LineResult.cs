namespace MirrorValidate.Shell.Hosting;

/// <summary>How the editing of a line ended.</summary>
internal enum LineEnd
{
    /// <summary>Enter.</summary>
    Accepted,

    /// <summary>Ctrl+D on an empty line.</summary>
    EndOfInput,

    /// <summary>Ctrl+C.</summary>
    Cancelled,
}

/// <summary>What was typed.</summary>
internal readonly record struct LineResult(LineEnd Kind, string Text);
