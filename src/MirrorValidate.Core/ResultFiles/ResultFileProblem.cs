namespace MirrorValidate.ResultFiles;

/// <summary>Why a file cannot be used for results.</summary>
internal enum ResultFileProblem
{
    /// <summary>It exists, and nothing says what is to become of it.</summary>
    Exists,

    /// <summary>A run that has not ended writes to it.</summary>
    InUse,

    /// <summary>It has something else than results.</summary>
    NoResults,
}
