namespace MirrorValidate.Shell.Running;

/// <summary>How a command ended.</summary>
internal enum RunResult
{
    /// <summary>It came to its end, or to an <c>exit</c>; errors that terminate nothing may have been shown.</summary>
    Completed,

    /// <summary>A terminating error ended it, which was shown.</summary>
    Failed,

    /// <summary>A signal stopped it.</summary>
    Stopped,
}
