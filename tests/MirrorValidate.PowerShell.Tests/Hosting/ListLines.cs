using System.Management.Automation;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>Lines as <c>Get-Content</c> gives them, which is not in the engine's own assembly.</summary>
public static class ListLines
{
    public static object[] GetContent(string path) =>
        [.. File.ReadAllLines(path).Select((line, index) => WithPlace(line, path, index + 1))];

    /// <summary>As with <c>-ReadCount</c>: arrays of lines.</summary>
    public static object[] GetContent(string path, int readCount)
    {
        int read = 0;
        return [.. File.ReadAllLines(path).Chunk(readCount).Select(chunk => WithPlace(chunk, path, read += chunk.Length))];
    }

    /// <summary>As with <c>-Raw</c>: the whole file in one text.</summary>
    public static object GetRawContent(string path) => WithPlace(File.ReadAllText(path), path, 1);

    private static PSObject WithPlace(object content, string path, long readCount)
    {
        var item = new PSObject(content);
        item.Properties.Add(new PSNoteProperty("PSPath", $"Microsoft.PowerShell.Core\\FileSystem::{path}"));
        item.Properties.Add(new PSNoteProperty("PSChildName", Path.GetFileName(path)));
        item.Properties.Add(new PSNoteProperty("ReadCount", readCount));
        return item;
    }
}
