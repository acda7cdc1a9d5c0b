namespace MirrorValidate.ImageLists.Formats;

/// <summary>What to do where a file leaves to a registry's answer what is mirrored: nothing is asked while a list is read.</summary>
internal static class Advice
{
    internal const string NameTags = "add -ResolveTag to ask the source's registry for its tags, or name the tags that were mirrored";

    internal const string NameRepositories = "name the repositories that were mirrored, here or in a list of lines SOURCE DESTINATION TAG";

    internal const string NameTagsInList = "name the tags that were mirrored, here or in a list of lines SOURCE DESTINATION TAG";
}
