namespace MirrorValidate.Stores.Files;

/// <summary>Reads the names of entries in archives.</summary>
internal static class ArchiveNames
{
    /// <summary>The name without <c>./</c>, with one <c>/</c> between its parts.</summary>
    /// <returns>
    /// The name, empty for the root; <see langword="null"/> if it leads out of the archive: an absolute path, or one
    /// with <c>..</c>.
    /// </returns>
    internal static string? Normalize(string name)
    {
        if (name.StartsWith('/')) return null;
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Array.IndexOf(parts, "..") >= 0 ? null : string.Join('/', parts.Where(part => part != "."));
    }

    /// <summary>The name that a link in an archive leads to, from the folder of the link.</summary>
    /// <returns>The name; <see langword="null"/> if it leads out of the archive.</returns>
    internal static string? Follow(string link, string target)
    {
        if (target.StartsWith('/')) return null;
        var parts = new List<string>(link.Split('/')[..^1]);
        foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count == 0) return null;
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
