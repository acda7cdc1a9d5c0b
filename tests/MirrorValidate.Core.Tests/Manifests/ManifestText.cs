using System.Text;
using MirrorValidate.Manifests;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>Manifests as texts, to be spoiled.</summary>
internal static class ManifestText
{
    internal const string One = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    internal const string Other = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    internal const string Entry =
        $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{One}}","size":7,"platform":{"architecture":"amd64","os":"linux"} }""";

    internal const string Config = $$"""{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{One}}","size":7}""";

    internal const string Layers = $$"""[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{Other}}","size":9}]""";

    internal const string Schema1 =
        """{"schemaVersion":1,"name":"x","tag":"v1","architecture":"amd64","fsLayers":[{"blobSum":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"history":[{"v1Compatibility":"{\"os\":\"linux\",\"architecture\":\"amd64\"}"}]}""";

    internal static string Index(params string[] entries) => $$"""{"schemaVersion":2,"manifests":[{{string.Join(',', entries)}}]}""";

    internal static string Image(string config = Config, string layers = Layers) => $$"""{"schemaVersion":2,"config":{{config}},"layers":{{layers}}}""";

    /// <summary>An object with further members.</summary>
    internal static string With(string json, string members) => $"{json[..^1]},{members}}}";

    internal static Manifest Read(string json, string? contentType) => ManifestReader.Read(Encoding.UTF8.GetBytes(json), contentType);

    /// <summary>Reads what must be refused.</summary>
    internal static string Refuse(string json, string? contentType) =>
        Assert.Throws<ManifestFormatException>(() => Read(json, contentType)).Message;
}
