namespace MirrorValidate.ImageLists.Formats;

/// <summary>What to do where a file leaves to a registry's answer what is mirrored.</summary>
internal static class Advice
{
    /// <summary>For tags that <c>-ResolveTag</c> asks for.</summary>
    internal const string NameTags =
        "add -ResolveTag to ask the source for its tags, or name those that were mirrored, here or in a list of lines "
        + "SOURCE DESTINATION TAG";

    /// <summary>For repositories.</summary>
    internal const string NameRepositories =
        "name the repositories that were mirrored, here or in a list of lines SOURCE DESTINATION TAG";
}
