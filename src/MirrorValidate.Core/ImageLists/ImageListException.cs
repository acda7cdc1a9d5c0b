using MirrorValidate.Registries;

namespace MirrorValidate.ImageLists;

/// <summary>A line of an image list cannot be read. The message names the file, the line and what is wrong.</summary>
public sealed class ImageListException : FormatException
{
    /// <summary>Makes the exception for a line.</summary>
    /// <param name="line">The line at fault.</param>
    /// <param name="problem">What is wrong with it, a clause without the place.</param>
    /// <param name="innerException">What the problem follows from.</param>
    internal ImageListException(ImageListLine line, string problem, Exception? innerException = null)
        : base($"{line?.Location}: {problem}", innerException) => Line = line!;

    /// <summary>The number of the line at fault, counted from 1.</summary>
    public int LineNumber => Line.Number;

    /// <summary>The file that it stands in; <see langword="null"/> where it came from elsewhere.</summary>
    public string? Path => Line.Path;

    /// <summary>The line at fault.</summary>
    internal ImageListLine Line { get; }

    /// <summary>Why a registry could not tell what the line leaves to it, if that is the problem.</summary>
    internal RegistryException? Fault => InnerException as RegistryException;
}
