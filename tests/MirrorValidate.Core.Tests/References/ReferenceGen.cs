using CsCheck;

namespace MirrorValidate.Core.Tests.References;

/// <summary>Generators of what the grammar of references allows, and of what is near it.</summary>
internal static class ReferenceGen
{
    private const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Gen<string> Word = Gen.String[Gen.Char[LowerAlphanumeric], 1, 8];

    private static readonly Gen<string> Component =
        Gen.Select(Word, Gen.OneOfConst("", "-x", "--x", "_y", "__y", ".z"), (word, tail) => word + tail);

    internal static readonly Gen<string> Path = Component.Array[1, 5].Select(parts => string.Join('/', parts));

    internal static readonly Gen<string> Host = Gen.Select(
        Gen.OneOf(
            Gen.Select(Word, Word, (one, other) => $"{one}.{other}"),
            Word.Select(word => "H" + word),
            Gen.OneOfConst("localhost", "127.0.0.1", "[::1]", "[2001:DB8::1]", "docker.io", "quay.io", "a-b.example")),
        Gen.Int[1, 65535],
        Gen.Bool,
        (host, port, hasPort) => hasPort ? $"{host}:{port}" : host);

    internal static readonly Gen<string> Tag =
        Gen.Select(Gen.Char[LowerAlphanumeric + "_ABC"], Gen.String[Gen.Char[LowerAlphanumeric + "_.-XYZ"], 0, 30], (first, rest) => first + rest);

    internal static readonly Gen<string> Digest = Gen.OneOf(
        Gen.String[Gen.Char["0123456789abcdef"], 64, 64].Select(hex => "sha256:" + hex),
        Gen.String[Gen.Char["0123456789abcdef"], 128, 128].Select(hex => "sha512:" + hex));

    /// <summary>A name with any of its parts.</summary>
    internal static readonly Gen<string> Name = Gen.Select(Host, Path, Tag, Digest, Gen.Int[0, 7], (host, path, tag, digest, parts) =>
        ((parts & 1) != 0 ? host + "/" : "") + path + ((parts & 2) != 0 ? ":" + tag : "") + ((parts & 4) != 0 ? "@" + digest : ""));

    /// <summary>Any text, rich in what the grammar cares about.</summary>
    internal static readonly Gen<string> Noise = Gen.OneOf(
        Gen.String[Gen.Char["ab0.:/@-_[]AZ# \t\r\n\0\u00a0\ufeffäſ%?\ud800"], 0, 40],
        Gen.String[0, 60],
        Gen.Select(Name, Gen.String[0, 3], Gen.Int[0, 200], (name, noise, at) => name.Insert(Math.Min(at, name.Length), noise)));
}
