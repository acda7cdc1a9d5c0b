using System.Security.Cryptography;
using System.Text;

namespace MirrorValidate.Reports.Html;

/// <summary>The files of the page.</summary>
internal static class PageTemplates
{
    /// <summary>Reads a file, with the line ends that a browser makes of it.</summary>
    internal static string Read(string name)
    {
        Stream stream = typeof(PageTemplates).Assembly.GetManifestResourceStream($"MirrorValidate.Reports.{name}")
            ?? throw new FileNotFoundException("the module has no such file", name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The hash by which the page's policy lets a script or style through (CSP 3, "hash-source").</summary>
    internal static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
