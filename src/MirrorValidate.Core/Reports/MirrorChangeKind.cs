namespace MirrorValidate.Reports;

/// <summary>What became of an entry since an earlier run.</summary>
public enum MirrorChangeKind
{
    /// <summary>It passed then, and does not now.</summary>
    NewlyFailed,

    /// <summary>It did not pass then, and does not now.</summary>
    StillFailed,

    /// <summary>It did not pass then, and does now.</summary>
    Mended,

    /// <summary>It was tested then, and is not now.</summary>
    Gone,

    /// <summary>It is tested now, and was not then.</summary>
    New,
}
