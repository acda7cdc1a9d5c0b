namespace MirrorValidate.Validation;

/// <summary>The verdict on an entry.</summary>
public enum ValidationStatus
{
    /// <summary>Every selected manifest was compared, and is there.</summary>
    Passed,

    /// <summary>Compared, and a difference was proven.</summary>
    Failed,

    /// <summary>It could not be compared.</summary>
    Error,
}
