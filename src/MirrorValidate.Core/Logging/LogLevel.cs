namespace MirrorValidate.Logging;

/// <summary>The levels of log lines, as image-tools names them.</summary>
internal enum LogLevel
{
    /// <summary>Each request and decision (<c>DEBU</c>).</summary>
    Debug,

    /// <summary>What happens to each image (<c>INFO</c>).</summary>
    Information,

    /// <summary>Unexpected, but without effect on a verdict (<c>WARN</c>).</summary>
    Warning,

    /// <summary>Why an image did not pass (<c>ERRO</c>).</summary>
    Error,
}
