using System.Collections.ObjectModel;
using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Saving;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>
/// Opens the stores that arguments name: <c>[REPOSITORY[:TAG]=]PATH</c>, with wildcards, PowerShell drives and skopeo's
/// transports. What is no store is a terminating error.
/// </summary>
internal static class StoreArguments
{
    /// <summary>Opens the stores.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="catalog">Opens stores.</param>
    /// <param name="pipeline">The pipeline thread. It waits for the stores.</param>
    internal static IReadOnlyList<BoundStore> OpenStores(
        this PSCmdlet cmdlet, IEnumerable<string> arguments, StoreCatalog catalog, PipelineThread pipeline)
    {
        var stores = new List<BoundStore>();
        foreach (string argument in arguments)
        {
            try
            {
                (ImageName? name, string path) = Split(argument);
                foreach ((string shown, string file) in cmdlet.ResolveStore(path))
                {
                    IImageStore store = pipeline.Await(token => catalog.OpenAsync(shown, file, token));
                    stores.Add(new BoundStore(store, name));
                }
            }
            catch (Exception e) when (e is StoreException or FormatException or SessionStateException)
            {
                cmdlet.ThrowTerminatingError(CommandErrors.UnreadableStore(argument, e));
            }
        }

        return stores;
    }

    /// <summary>Begins to write a layout. What is in the way is a terminating error.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="target">The full path.</param>
    /// <param name="pipeline">The pipeline thread. It waits for what is there to be verified.</param>
    internal static SparseLayout BeginLayout(
        this PSCmdlet cmdlet, string path, string target, PipelineThread pipeline)
    {
        try
        {
            return pipeline.Await(token => SparseLayout.BeginAsync(path, target, new StoreLimits(), token));
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.UnwritableStore(path, e));
            throw;
        }
    }

    // A path may have an equals sign as well. What comes before it is no repository then.
    private static (ImageName? Name, string Path) Split(string argument)
    {
        int equals = argument.IndexOf('=');
        if (equals <= 0 || !TryParseName(argument[..equals], out ImageName? name)) return (null, PathOf(argument));
        return (name, PathOf(argument[(equals + 1)..]));
    }

    private static bool TryParseName(string text, out ImageName? name)
    {
        try
        {
            name = ImageName.Parse(text);
            return name is { Store: null, Digest: null };
        }
        catch (FormatException)
        {
            name = null;
            return false;
        }
    }

    private static string PathOf(string text)
    {
        if (!StoreLocation.TryParse(text, out StoreLocation? location, out string name)) return text;
        return name.Length == 0
            ? location.Path
            : throw new FormatException(
                $"{text} names the image {name}: name the store only, {location}, or the image in the list");
    }

    // A file that exists is meant, even if its name has wildcard characters, or a colon, which would end a drive.
    private static IEnumerable<(string Path, string File)> ResolveStore(this PSCmdlet cmdlet, string path)
    {
        string here = Path.GetFullPath(path, cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        if (Path.Exists(here)) return [(path, here)];
        string literal = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(
            path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
            throw new FormatException(Text.Format(SR.NoFileProvider, provider.Name));
        if (Path.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(path)) return [(path, literal)];
        Collection<string> paths = cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        return paths.Count > 0
            ? paths.Select(file => (file, file))
            : throw new StoreException(RegistryFault.NotFound, $"{path}: {SR.NoFileMatches}");
    }
}
