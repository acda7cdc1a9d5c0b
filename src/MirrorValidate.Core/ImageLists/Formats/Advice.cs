namespace MirrorValidate.ImageLists.Formats;

/// <summary>What to do if only a registry knows what an entry of a file stands for.</summary>
internal static class Advice
{
    /// <summary>For tags, which <c>-ResolveTag</c> looks up.</summary>
    internal const string NameTags =
        "add -ResolveTag to ask the source for its tags, or name those that were mirrored, here or in a list of lines "
        + "SOURCE DESTINATION TAG";

    /// <summary>For repositories.</summary>
    internal const string NameRepositories =
        "name the repositories that were mirrored, here or in a list of lines SOURCE DESTINATION TAG";
}
