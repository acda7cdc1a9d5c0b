namespace MirrorValidate.ImageLists;

/// <summary>
/// A file cannot be read as a list at all. The message says where, what is wrong and what to do, and nothing of what
/// the file keeps secret.
/// </summary>
public sealed class ImageListFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="lineNumber">The line where that shows, counted from 1; <see langword="null"/> where it is the file
    /// as a whole.</param>
    internal ImageListFormatException(string problem, int? lineNumber = null)
        : base(lineNumber is null ? problem : $"line {lineNumber}: {problem}")
    {
        Problem = problem;
        LineNumber = lineNumber;
    }

    /// <summary>The line where it shows.</summary>
    public int? LineNumber { get; }

    /// <summary>What is wrong, without the line.</summary>
    internal string Problem { get; }

    /// <summary>Whether it could not be told which format the file has.</summary>
    public bool IsUnknownFormat { get; init; }
}
