using System.Globalization;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>Finds what a process has started, in Linux's /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The ids of the processes below a process, the nearest first.</summary>
    internal static IReadOnlyList<int> DescendantsOf(int id)
    {
        ILookup<int, int> children = Directory.EnumerateDirectories("/proc")
            .SelectMany(ReadProcess)
            .ToLookup(process => process.Parent, process => process.Id);
        List<int> found = [.. children[id]];
        for (int index = 0; index < found.Count; index++) found.AddRange(children[found[index]]);
        return found;
    }

    // proc(5): the parent is the second field after the name, which stands in parentheses.
    private static IEnumerable<(int Id, int Parent)> ReadProcess(string folder)
    {
        string name = Path.GetFileName(folder);
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return [];
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            string parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
            return [(id, int.Parse(parent, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }
}
