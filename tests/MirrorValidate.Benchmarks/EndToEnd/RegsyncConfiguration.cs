using System.Globalization;
using System.Text;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>A regsync configuration with the same images.</summary>
internal static class RegsyncConfiguration
{
    internal static string Write(MirroredImages images, int parallel)
    {
        var yaml = new StringBuilder().Append("version: 1\ncreds:\n");
        foreach (string registry in new[] { images.Source, images.Destination })
            yaml.Append(CultureInfo.InvariantCulture, $"  - registry: {registry}\n    tls: disabled\n");
        yaml.Append(CultureInfo.InvariantCulture, $"defaults:\n  parallel: {parallel}\nsync:\n");
        foreach (string[] pair in images.References.Chunk(2))
            yaml.Append(
                CultureInfo.InvariantCulture, $"  - source: {pair[0]}\n    target: {pair[1]}\n    type: image\n");
        string path = Path.Combine(images.WorkDirectory, "regsync.yml");
        File.WriteAllText(path, yaml.ToString());
        return path;
    }
}
