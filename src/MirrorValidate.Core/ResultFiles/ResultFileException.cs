namespace MirrorValidate.ResultFiles;

/// <summary>A file cannot be used for results. It was not changed.</summary>
internal sealed class ResultFileException : IOException
{
    internal ResultFileException(ResultFileProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>What is wrong.</summary>
    internal ResultFileProblem Problem { get; }
}
