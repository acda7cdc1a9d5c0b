namespace MirrorValidate.ResultFiles;

/// <summary>What becomes of a result file that exists.</summary>
internal enum ResultFileOpening
{
    /// <summary>It stays as it is; that is an error.</summary>
    New,

    /// <summary>Results are added to it.</summary>
    Append,

    /// <summary>It is begun anew.</summary>
    Replace,
}
