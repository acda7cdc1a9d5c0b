namespace MirrorValidate.Validation;

/// <summary>The verdict on an entry.</summary>
public enum ValidationStatus
{
    /// <summary>Every selected manifest was compared, and exists at the destination.</summary>
    Passed,

    /// <summary>A difference was proven.</summary>
    Failed,

    /// <summary>Source and destination could not be compared.</summary>
    Error,
}
