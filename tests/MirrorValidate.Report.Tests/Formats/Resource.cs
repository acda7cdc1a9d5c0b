namespace MirrorValidate.Report.Tests.Formats;

/// <summary>The files that are built into this assembly.</summary>
internal static class Resource
{
    internal static string Read(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
