using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The configuration of regsync (regclient.org, "regsync"): steps under <c>sync</c>, each with source, target and type.
/// Steps of the types <c>repository</c> and <c>registry</c> can be read if the file itself names all that they copy.
/// </summary>
internal static class RegSyncList
{
    internal static bool Recognizes(DocumentNode root) => root["sync"] is DocumentSequence;

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root.IsNull) return [];
        if (root["sync"] is not { } sync)
            throw new ImageListFormatException("a regsync file has a list under \"sync\"", root.Line);
        if (!sync.IsNull && sync is not DocumentSequence)
        {
            throw new ImageListFormatException(
                "\"sync\" is a list of steps, each with source, target and type", sync.Line);
        }

        return sync.Items.SelectMany(step => ReadStep(step, entries));
    }

    private static IEnumerable<ImageListEntry> ReadStep(DocumentNode step, EntryMaker entries)
    {
        string source = step["source"]?.Text ?? "";
        string target = step["target"]?.Text ?? "";
        string? problem = ProblemOf(step, source, target);
        if (problem is not null) return [entries.Refuse(step.Line, $"{source}: {target}", problem)];
        try
        {
            return step["type"]!.Text switch
            {
                "image" => [ReadImage(step, source, target, entries)],
                "repository" => ReadRepository(step, source, target, entries),
                _ => ReadRegistry(step, source, target, entries),
            };
        }
        catch (FormatException e)
        {
            return [entries.Refuse(step.Line, $"{source}: {target}", e.Message)];
        }
    }

    private static string? ProblemOf(DocumentNode step, string source, string target)
    {
        if (source.Length == 0 || target.Length == 0) return "a step needs a source and a target";
        if ($"{source}{target}".Contains("{{", StringComparison.Ordinal))
        {
            return "the source or the target is a template ({{...}}), which only regsync fills in: "
                + "write what it stands for";
        }

        if ($"{source}{target}".Contains("://", StringComparison.Ordinal))
            return "the source or the target is not in a registry, where nothing can be compared";
        return step["type"]?.Text is "image" or "repository" or "registry"
            ? null
            : "the type of a step is image, repository or registry";
    }

    private static ImageListEntry ReadImage(DocumentNode step, string source, string target, EntryMaker entries)
    {
        ImageName from = ImageName.Parse(source);
        ImageName to = ImageName.Parse(target);
        // A side without a tag is "latest", whatever the other side has; a digest wins over a tag.
        return entries.Make(step.Line, NameOf(from), NameOf(to), $"{TagOf(from)}={TagOf(to)}");
    }

    private static IEnumerable<ImageListEntry> ReadRepository(
        DocumentNode step, string source, string target, EntryMaker entries)
    {
        string from = NameOf(ImageName.Parse(source));
        string to = NameOf(ImageName.Parse(target));
        TagItem[] items = [.. RegSyncTags.Read(step)];
        OpenRepository repository = new OpenRepository(from, to).Naming(items);
        return items.Select(item => entries.Make(
            item with { Line = Math.Max(item.Line, step.Line) }, repository, Place(item.Line, step)));
    }

    // A line before the step comes from an alias, which several steps may use. Then the place is the step.
    private static string Place(int line, DocumentNode step) => line < step.Line
        ? $" (anchor in line {line}, used by the step for {Printable.Of(step["source"]?.Text ?? "")})"
        : "";

    private static string Placed(string problem, int line, DocumentNode step) => problem + Place(line, step);

    private static IEnumerable<ImageListEntry> ReadRegistry(
        DocumentNode step, string source, string target, EntryMaker entries)
    {
        DocumentNode? repositories = step["repos"]?["allow"];
        if (repositories is null or { Items.Count: 0 } || step["repos"]!.List("deny").Count > 0)
        {
            return
            [
                entries.Refuse(
                    step.Line,
                    $"{source}: {target}",
                    $"which repositories the registry has is not in the file: {Advice.NameRepositories}"),
            ];
        }

        // Read completely now, so that a step that cannot be read fails here.
        return
        [
            .. repositories.Items.SelectMany(repository => repository.Text is { } name && ImageName.IsPath(name)
                ? ReadRepository(step, $"{source}/{name}", $"{target}/{name}", entries)
                : [RefuseRepository(step, source, repository, entries)]),
        ];
    }

    private static ImageListEntry RefuseRepository(
        DocumentNode step, string source, DocumentNode repository, EntryMaker entries)
    {
        string problem = $"the repositories that match an expression are not in the file: {Advice.NameRepositories}";
        return entries.Refuse(
            Math.Max(repository.Line, step.Line),
            $"{source}: {repository.Text}",
            Placed(problem, repository.Line, step));
    }

    private static string NameOf(ImageName name) => (name with { Tag = null, Digest = null }).ToString();

    private static string TagOf(ImageName name) =>
        new ImageTag(name.Digest is null ? name.Tag : null, name.Digest).ToString();
}
