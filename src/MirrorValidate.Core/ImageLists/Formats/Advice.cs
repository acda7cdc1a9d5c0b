namespace MirrorValidate.ImageLists.Formats;

/// <summary>What to do where a file leaves to a registry's answer what is mirrored: nothing is asked while a list is read.</summary>
internal static class Advice
{
    internal const string NameTags = "name the tags that were mirrored (skopeo list-tags shows what there is), here or in a list of lines SOURCE DESTINATION TAG";

    internal const string NameRepositories = "name the repositories that were mirrored, here or in a list of lines SOURCE DESTINATION TAG";
}
