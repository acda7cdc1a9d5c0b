using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

public sealed class MirrorProofTests
{
    public static TheoryData<MirrorProof, string> Texts() => new()
    {
        { MirrorProof.None, "None" },
        { new MirrorProof { Level = "List", Manifests = 2 }, "List: 2 manifests" },
        { new MirrorProof { Level = "Blob", Manifests = 1, Blobs = 1 }, "Blob: 1 manifest, 1 blob" },
        { new MirrorProof { Level = "Content", Manifests = 2, Blobs = 7, Bytes = 12345678 }, "Content: 2 manifests, 7 blobs, 12345678 bytes" },
        { new MirrorProof { Level = "Blob", Manifests = 1, Blobs = 1, ForeignLayers = ["sha256:a", "sha256:b"] }, "Blob: 1 manifest, 1 blob, 2 foreign layers" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Its_text_is_a_line(MirrorProof proof, string text) => Assert.Equal(text, proof.ToString());
}
