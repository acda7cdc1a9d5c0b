using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>
/// One entry of an image list: what was to be mirrored where, as the list says it. Registries, project and tag that the
/// list leaves out are put in by <see cref="Resolve"/>.
/// </summary>
public sealed record MirrorImage
{
    private readonly ImageName _source;
    private readonly ImageName? _destination;
    private readonly ImageListLine _origin;
    private readonly ImageTag _tag;
    private readonly ImageTag? _destinationTag;

    private MirrorImage(
        ImageListLine origin,
        ImageName source,
        ImageName? destination,
        ImageTag tag,
        ImageTag? destinationTag,
        string? platform)
    {
        _origin = origin;
        _source = source;
        _destination = destination;
        _tag = tag;
        _destinationTag = destinationTag;
        Platform = platform;
    }

    /// <summary>The source's name as written, without tag and digest.</summary>
    public string Source => (_source with { Tag = null, Digest = null }).ToString();

    /// <summary>
    /// The destination's name as written; <see langword="null"/> where the entry is a single reference.
    /// </summary>
    public string? Destination =>
        _destination is null ? null : (_destination with { Tag = null, Digest = null }).ToString();

    /// <summary>
    /// The tag as written, <c>tag</c>, <c>tag@digest</c> or a digest alone; <c>latest</c> where nothing is written.
    /// Where the sides differ: the source's, <c>=</c>, the destination's.
    /// </summary>
    public string Tag => (_tag, _destinationTag) switch
    {
        (_, null) => _tag.ToString(),
        // The only image of a store has neither.
        ({ IsEmpty: true }, _) when _source.Store is not null => _destinationTag.ToString(),
        (_, { IsEmpty: true }) when _destination?.Store is not null => _tag.ToString(),
        _ => $"{_tag}={_destinationTag}",
    };

    /// <summary>The platform that the entry is limited to, <c>os/arch[/variant][:os.version]</c>.</summary>
    /// <value>Default <see langword="null"/>: the entry says nothing of platforms.</value>
    public string? Platform { get; }

    /// <summary>The line as read.</summary>
    public string Line => _origin.Text;

    /// <summary>The line's number, counted from 1.</summary>
    public int LineNumber => _origin.Number;

    /// <summary>The file that the line stands in, where it came from one.</summary>
    public string? Path => _origin.Path;

    /// <summary>What the entry says of its source; docker.io and <c>latest</c> where it says nothing.</summary>
    internal ImageReference SourceReference => Reference(_source, _source.Host, _tag);

    /// <summary>The line that the entry was read from.</summary>
    internal ImageListLine Origin => _origin;

    /// <summary>
    /// Reads a line that names one image: <c>SOURCE DESTINATION TAG</c> separated by blanks or tabs, <c>SOURCE[:TAG]
    /// DESTINATION[:TAG]</c>, <c>SOURCE=DESTINATION</c>, <c>IMAGE TAG</c>, or one reference
    /// <c>[registry/]repo[:tag][@digest]</c>.
    /// </summary>
    /// <exception cref="ImageListException">The line cannot be read.</exception>
    internal static MirrorImage Parse(ImageListLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return ListLine.Read(line);
    }

    /// <summary>
    /// Makes an entry from its parts; a tag or digest may stand in a name instead of in <paramref name="tag"/>.
    /// </summary>
    /// <param name="origin">The line or object that the entry comes from, for messages and the failed list.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="destination">The destination's name; <see langword="null"/> for the same repository at the
    /// destination registry.</param>
    /// <param name="tag"><c>tag</c>, <c>tag@digest</c> or a digest alone; <c>ONE=OTHER</c> where the destination's is
    /// another.</param>
    /// <param name="platform"><c>os/arch[/variant][:os.version]</c>; <see langword="null"/> for no limit.</param>
    /// <exception cref="ImageListException">A part cannot be read, or two parts contradict each other.</exception>
    internal static MirrorImage Create(
        ImageListLine origin, string source, string? destination, string? tag, string? platform = null)
    {
        ArgumentNullException.ThrowIfNull(origin);
        try
        {
            ImageName from = ImageName.Parse(source);
            ImageName? to = string.IsNullOrEmpty(destination) ? null : ImageName.Parse(destination);
            (ImageTag sourceTag, ImageTag? destinationTag) = TagsOf(from, to, tag);
            return new MirrorImage(origin, from, to, sourceTag, destinationTag, EntryPlatform.Parse(platform));
        }
        catch (FormatException e)
        {
            throw new ImageListException(origin, e.Message, e);
        }
    }

    /// <summary>Completes the entry to the two references that are compared.</summary>
    /// <param name="settings">The registries and the project that stand in for what the entry leaves out.</param>
    /// <exception cref="ImageListException">
    /// A single reference, and no destination registry is set; or a project makes no repository name.
    /// </exception>
    internal (ImageReference Source, ImageReference Destination) Resolve(MirrorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (KeepsName(settings)) return (SourceIn(settings), SourceReference);
        if (_destination is null && _source.Path.Length == 0)
        {
            throw new ImageListException(
                _origin,
                $"{Source} names no repository that it could have been mirrored to: write SOURCE DESTINATION TAG");
        }

        if (_destination is null && settings.DestinationRegistry is null)
        {
            throw new ImageListException(
                _origin,
                "a single reference needs the registry it was mirrored to: "
                + "use -DestinationRegistry, or write SOURCE DESTINATION TAG");
        }

        ImageName destination = _destination ?? _source with { Host = null, Store = null };
        string path = TakesProject(settings)
            ? $"{settings.DefaultProject}/{destination.Path}"
            : InProject(destination, settings.DestinationProject);
        if (destination.Store is null) Check(path);
        return (
            SourceIn(settings),
            Reference(
                destination with { Path = path },
                settings.DestinationRegistry ?? destination.Host,
                _destinationTag ?? _tag));
    }

    /// <summary>Whether the default project is put before the destination's name.</summary>
    internal bool TakesProject(MirrorSettings settings) =>
        settings is { DestinationProject: "", DefaultProject.Length: > 0 }
        && _destination?.Store is null
        && !KeepsName(settings)
        && (_destination ?? _source).Path is { Length: > 0 } path
        && !path.Contains('/', StringComparison.Ordinal);

    /// <summary>
    /// Says of a single reference where it was copied to, as <c>skopeo sync</c> is told it: the last component of its
    /// repository, or with <paramref name="isScoped"/> the whole name with its registry, under a registry and path.
    /// Another entry stays as it is.
    /// </summary>
    /// <param name="place"><c>registry[/path]</c>.</param>
    /// <param name="isScoped">Whether the whole name was kept (<c>--scoped</c>).</param>
    /// <exception cref="ImageListException">That makes no repository name.</exception>
    internal MirrorImage CopiedTo(string place, bool isScoped)
    {
        if (_destination is not null) return this;
        string name = isScoped ? SourceReference.Name : _source.Path[(_source.Path.LastIndexOf('/') + 1)..];
        return MirroredTo($"{place}/{name}");
    }

    /// <summary>The same entry with a destination, standing for the list line that says it.</summary>
    /// <exception cref="ImageListException">The destination is no name.</exception>
    internal MirrorImage MirroredTo(string destination) => Create(_origin, Source, destination, Tag, Platform).AsLine();

    /// <summary>The same entry, standing for the list line that says it.</summary>
    internal MirrorImage AsLine() =>
        new(_origin with { Text = ToListLine() }, _source, _destination, _tag, _destinationTag, Platform);

    /// <summary>The entry as a line of an image list.</summary>
    public string ToListLine()
    {
        string line = Destination is null
            ? (_source with { Tag = _tag.Tag, Digest = _tag.Digest }).ToString()
            : $"{Source} {Destination} {Tag}";
        return Platform is null ? line : $"--platform={Platform} {line}";
    }

    /// <inheritdoc cref="ToListLine"/>
    public override string ToString() => ToListLine();

    private static (ImageTag Source, ImageTag? Destination) TagsOf(
        ImageName source, ImageName? destination, string? tag)
    {
        (ImageTag from, ImageTag? to) = ImageTag.Parse(tag);
        if (destination is null)
        {
            return to is null
                ? (from.With(source), null)
                : throw new FormatException(
                    $"the tag \"{Printable.Of(tag!)}\" speaks of two sides, and the destination is not named");
        }

        if (string.IsNullOrEmpty(tag)) (from, to) = ImageTag.Of(source, destination);
        else if (to is not null) (from, to) = (from.With(source), to.With(destination));
        // An image in a store has a name of its own there.
        else if (source.Store is not null) (from, to) = (ImageTag.Of(source), from.With(destination));
        else if (destination.Store is not null) (from, to) = (from.With(source), ImageTag.Of(destination));
        else (from, to) = (from.With(source).With(destination), null);
        bool isOne = source.Store is null && destination.Store is null && to == from;
        return (from, isOne ? null : to);
    }

    // A store has carried images by the names of their sources.
    private bool KeepsName(MirrorSettings settings) =>
        _destination is null && settings is { DestinationRegistry: null, HasDestinationStore: true };

    /// <summary>Completes the source to a reference.</summary>
    /// <exception cref="ImageListException">The project makes no repository name.</exception>
    internal ImageReference SourceIn(MirrorSettings settings)
    {
        string path = InProject(_source, settings.SourceProject);
        if (path != _source.Path) Check(path);
        return Reference(_source with { Path = path }, settings.SourceRegistry ?? _source.Host, _tag);
    }

    // As hangar has it, the project is the first component; a name of one component has none yet. What is in the
    // project stays there, so that a result can be validated again with the same parameters.
    private static string InProject(ImageName name, string project) =>
        project.Length == 0 || name.Store is not null || name.Path.StartsWith(project + "/", StringComparison.Ordinal)
            ? name.Path
            : $"{project}/{name.Path[(name.Path.IndexOf('/', StringComparison.Ordinal) + 1)..]}";

    private void Check(string path)
    {
        if (!ImageName.IsPath(path))
        {
            throw new ImageListException(
                _origin, $"\"{Printable.Of(path)}\", with its project, is not a repository name");
        }
    }

    private static ImageReference Reference(ImageName name, RegistryHost? registry, ImageTag tag) =>
        ImageReference.Of(name with { Tag = tag.Tag, Digest = tag.Digest }, registry);
}
