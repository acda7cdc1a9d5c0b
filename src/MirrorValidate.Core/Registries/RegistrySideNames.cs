namespace MirrorValidate.Registries;

/// <summary>How messages name sides.</summary>
internal static class RegistrySideNames
{
    internal static string NameOf(RegistrySide side) => side switch
    {
        RegistrySide.Source => "source registry",
        RegistrySide.Destination => "destination registry",
        _ => "registry",
    };
}
