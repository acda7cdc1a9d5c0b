using MirrorValidate.ImageLists.Formats;

namespace MirrorValidate.ImageLists.RegistryMaps;

/// <summary>
/// OpenShift's mirror sets in YAML or JSON, one or several in a file, alone or in the <c>List</c> that <c>oc get -o
/// yaml</c> writes (OpenShift API, config.openshift.io/v1 and operator.openshift.io/v1alpha1). Other kinds in the file
/// are passed over.
/// </summary>
internal static class MirrorSets
{
    internal static IReadOnlyList<MirrorRule> Read(string text, string path)
    {
        using var reader = new StringReader(text);
        ListDocument file = ListDocument.Load(reader, path);
        // Half a map would send images to the wrong place.
        return file.Break is null ? [.. file.Documents.SelectMany(ReadDocument)] : throw file.Break;
    }

    private static IEnumerable<MirrorRule> ReadDocument(DocumentNode document) => document["kind"]?.Text switch
    {
        "ImageDigestMirrorSet" => ReadRules(document["spec"], "imageDigestMirrors", MirrorScope.Digest),
        "ImageTagMirrorSet" => ReadRules(document["spec"], "imageTagMirrors", MirrorScope.Tag),
        "ImageContentSourcePolicy" => ReadRules(document["spec"], "repositoryDigestMirrors", MirrorScope.Digest),
        "List" => document.List("items").SelectMany(ReadDocument),
        _ => [],
    };

    // A source without mirrors says nothing of where its images are.
    private static IEnumerable<MirrorRule> ReadRules(DocumentNode? spec, string key, MirrorScope scope) =>
        (spec?.List(key) ?? []).Select(rule => ReadRule(rule, scope)).Where(rule => rule.Mirrors.Count > 0);

    private static MirrorRule ReadRule(DocumentNode rule, MirrorScope scope)
    {
        if (rule["source"]?.Text is not { Length: > 0 } source)
            throw new ImageListFormatException("a rule of a mirror set needs a source", rule.Line);
        IEnumerable<string> mirrors = rule.List("mirrors").Select(mirror => mirror.Text).OfType<string>();
        return new MirrorRule(source.TrimEnd('/'), [.. mirrors.Select(mirror => mirror.TrimEnd('/'))], scope);
    }
}
