namespace MirrorValidate.Registries;

/// <summary>The names of sides in messages.</summary>
internal static class RegistrySideNames
{
    internal static string NameOf(RegistrySide side) => side switch
    {
        RegistrySide.Source => "source registry",
        RegistrySide.Destination => "destination registry",
        _ => "registry",
    };

    internal static string StoreNameOf(RegistrySide side) => side switch
    {
        RegistrySide.Source => "source store",
        RegistrySide.Destination => "destination store",
        _ => "store",
    };
}
