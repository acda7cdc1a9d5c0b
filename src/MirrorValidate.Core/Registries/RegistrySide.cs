namespace MirrorValidate.Registries;

/// <summary>The part that a registry plays, as messages name it.</summary>
internal enum RegistrySide
{
    /// <summary>Where images were mirrored from.</summary>
    Source,

    /// <summary>Where images were mirrored to.</summary>
    Destination,

    /// <summary>A registry that is just looked at.</summary>
    Registry,
}
