namespace MirrorValidate.Registries;

/// <summary>The role of a registry in messages.</summary>
internal enum RegistrySide
{
    /// <summary>The registry that images were mirrored from.</summary>
    Source,

    /// <summary>The registry that images were mirrored to.</summary>
    Destination,

    /// <summary>A registry that is only inspected.</summary>
    Registry,
}
