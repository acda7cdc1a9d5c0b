using System.Text;
using CsCheck;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Formats;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class HostileDocumentTests
{
    [Theory]
    [InlineData("a.yaml", "a:\n  b: [\n", 3)]
    [InlineData("a.yaml", "a: b\n c: d\n", 2)]
    [InlineData("a.yaml", "a: \"b\n", 1)]
    [InlineData("a.yaml", "password: lovelace: x\n", 1)]
    [InlineData("a.yaml", "a:\n\t- b\n", 2)]
    [InlineData("a.yaml", "---\n---\nb: [\n", 4)]
    [InlineData("a.yaml", "a: *b\n", 1)]
    [InlineData("a.yaml", "a: &b [*b]\n", 1)]
    [InlineData("a.yaml", "\n? [a]\n: b\n", 2)]
    [InlineData("a.yaml", ": {---\n% ' % | } images a.io/x:v1", 1)]
    [InlineData("a.json", "{\n\"password\": lovelace }", 2)]
    [InlineData("a.json", "{\n\"a\": \"b\"\n\"c\": \"d\"}", 3)]
    [InlineData("a.json", "{\"a\": [1, 2}", 1)]
    [InlineData("a.json", "{\"a\": 1}\n{\"b\": 2}", 2)]
    [InlineData("a.json", "{\n\n\"a\": \"\\ud800\"}", 3)]
    [InlineData("a.json", "// only a comment", 1)]
    [InlineData("a.json", "{\"a\": tr", 1)]
    public void What_is_broken_names_the_line_and_repeats_nothing(string name, string text, int line)
    {
        ImageListFormatException e = Refused(name, text);
        Assert.Equal(line, e.LineNumber);
        Assert.StartsWith($"line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lovelace", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("love", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_stand_for_billions_are_refused()
    {
        var text = new StringBuilder("l0: &l0 [v1, v2, v3, v4, v5, v6, v7, v8, v9]\n");
        for (int level = 1; level < 12; level++) text.Append($"l{level}: &l{level} [{string.Join(',', Enumerable.Repeat($"*l{level - 1}", 9))}]\n");
        Assert.Contains("1000000 values", Refused("a.yaml", text.ToString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_mapping_repeated_by_aliases_is_refused_as_well()
    {
        string tags = string.Join(',', Enumerable.Range(1, 2000).Select(number => $"v{number}"));
        string images = string.Join("\n", Enumerable.Range(1, 2000).Select(number => $"    x{number}: *t"));
        Assert.Contains("1000000 values", Refused("a.yaml", $"x.io: &t [{tags}]\na.io:\n  images:\n{images}\n").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.yaml", '[')]
    [InlineData("a.yaml", '{')]
    [InlineData("a.json", '[')]
    public void Deep_nesting_is_refused(string name, char bracket)
    {
        string text = bracket == '[' || name.EndsWith("json", StringComparison.Ordinal)
            ? new string('[', 100_000)
            : string.Concat(Enumerable.Repeat("{a: ", 100_000));
        ImageListFormatException e = Refused(name, text);
        Assert.Contains("levels", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "{\"a\":")]
    [InlineData("a.yaml", "a:\n")]
    public void Nesting_by_keys_is_refused(string name, string level)
    {
        string text = name.EndsWith("json", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Repeat(level, 1000))
            : string.Concat(Enumerable.Range(0, 1000).Select(depth => new string(' ', depth) + level));
        Assert.Contains("levels", Refused(name, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_document_is_refused_before_it_is_in_memory()
    {
        using var endless = new RepeatingReader("quay.io/a:v1: b.io/a\n", long.MaxValue);
        ImageListFormatException e = Assert.Throws<ImageListFormatException>(() => ListDocument.Load(endless, "a.yaml"));
        Assert.Contains("longer than", e.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Count, 1, 2 * DocumentLimits.MaximumLength);
    }

    [Fact]
    public void A_hundred_thousand_images_are_no_problem()
    {
        string text = string.Concat(Enumerable.Range(1, 100_000).Select(number => $"quay.io/a/image{number}:v1: b.io/a/image{number}\n"));
        Assert.Equal(100_000, ListDocument.Load(new StringReader(text), "a.yaml").Root.Members.Count);
    }

    [Theory]
    [InlineData("a.yaml", "!!python/object/apply:os.system [x]\n", "x")]
    [InlineData("a.yaml", "a.io/x:v1: !System.IO.FileInfo b.io/x\n", "a.io/x b.io/x v1")]
    public void Types_that_a_document_names_mean_nothing(string name, string text, string line) =>
        Assert.Equal(line, Assert.Single(Read(name, text)).Image?.ToListLine());

    [Fact]
    public void Any_text_is_read_or_refused_with_a_reason() =>
        Gen.Select(
                Gen.OneOfConst("a.yaml", "a.json", "a.csv", "mapping.txt"),
                Gen.OneOfConst("a", "a.io/x:v1", ": ", "\n", "- ", "  ", "[", "]", "{", "}", "\"", "'", ",", "images", "sync", "source", "&a ", "*a", "<<", "#", "|", "=", "\t", "\0", "%", "---\n").Array[0, 25])
            .Sample((name, parts) =>
            {
                try
                {
                    Assert.All(Read(name, string.Concat(parts)), Assert.NotNull);
                }
                catch (ImageListFormatException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            }, iter: 2000);
}
