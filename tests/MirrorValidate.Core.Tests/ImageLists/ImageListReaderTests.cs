using System.Text;
using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class ImageListReaderTests
{
    public static TheoryData<string, string[]> Texts => new()
    {
        { "", [] },
        { "\n\n\n", [] },
        { " \t \u00a0\n", [] },
        { "a", ["1:a"] },
        { "a\n", ["1:a"] },
        { "a\nb", ["1:a", "2:b"] },
        { "a\r\nb\r\n", ["1:a", "2:b"] },
        { "a\rb\r", ["1:a", "2:b"] },
        { "a\r\rb", ["1:a", "3:b"] },
        { "a\n\rb", ["1:a", "3:b"] },
        { "\r\n\r\na", ["3:a"] },
        { "# c\n  # c\n\t#c\n//c\n //c\na", ["6:a"] },
        { "#\n//\n/\na", ["3:/", "4:a"] },
        { "  a  b\tc  # c\n", ["1:  a  b\tc  # c"] },
        { "\uFEFFa\n", ["1:a"] },
        { "\uFEFF# c\na\n", ["2:a"] },
        { "a\n\uFEFFb\n", ["1:a", "2:\uFEFFb"] },
        { "a\0b\u0001\u001bc", ["1:a\0b\u0001\u001bc"] },
        { "a\u0085b\u2028c\fd\ve", ["1:a\u0085b\u2028c\fd\ve"] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Lines_are_numbered_and_blank_ones_and_comments_passed_over(string text, string[] lines)
    {
        using var reader = new StringReader(text);
        Assert.Equal(lines, ImageListReader.Read(reader).Select(line => $"{line.Number}:{line.Text}"));
    }

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", new UTF8Encoding(false).GetBytes("a b c\nd e f") },
        { "UTF-8 with its mark", [0xEF, 0xBB, 0xBF, .. "a b c\r\nd e f\r\n"u8] },
        { "UTF-16, little end first", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a b c\r\nd e f\r\n")] },
        { "UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("a b c\nd e f\n")] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Files_may_have_a_byte_order_mark(string encoding, byte[] content)
    {
        using var file = new TemporaryFile(content);
        Assert.Equal(["a b c", "d e f"], ImageListReader.ReadFile(file.Path).Select(line => line.Text));
        Assert.All(ImageListReader.ReadFile(file.Path), line => Assert.Equal(file.Path, line.Path));
        Assert.NotEmpty(encoding);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_lines_that_can_be_told()
    {
        using var file = new TemporaryFile([0x7F, (byte)'E', (byte)'L', (byte)'F', 0x02, 0x00, 0xFF, 0xFE, 0xC3, (byte)'\n', 0x80, (byte)'\n']);
        Assert.Equal(["1", "2"], ImageListReader.ReadFile(file.Path).Select(line => $"{line.Number}"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "list.txt");
        DirectoryNotFoundException e = Assert.Throws<DirectoryNotFoundException>(() => ImageListReader.ReadFile(path).ToList());
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_come_as_they_are_read()
    {
        using var endless = new RepeatingReader("registry.io/a mirror.io/a v1\n", long.MaxValue);
        Assert.Equal(1000, ImageListReader.Read(endless).Take(1000).Count());
        Assert.InRange(endless.Count, 1, 40_000);
    }

    [Fact]
    public void The_second_half_of_a_line_end_is_not_waited_for()
    {
        using var pipe = new RepeatingReader("a\r", 2);
        using IEnumerator<ImageListLine> lines = ImageListReader.Read(pipe).GetEnumerator();
        Assert.True(lines.MoveNext());
        Assert.Equal(2, pipe.Count);
    }

    [Fact]
    public void A_line_of_many_megabytes_is_cut_and_marked_and_memory_stays_flat()
    {
        using var reader = new RepeatingReader("0123456789abcdef", 64L << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageListLine line = Assert.Single(ImageListReader.Read(reader));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(ImageListReader.MaximumLineLength, line.Text.Length);
        Assert.True(line.IsTruncated);
    }

    [Fact]
    public void A_line_whose_end_was_cut_off_is_never_read_as_what_is_left_of_it()
    {
        string blanks = new(' ', ImageListReader.MaximumLineLength);
        foreach (string text in new[] { $"registry.io/a:v1{blanks}mirror.io/b v1", $"{blanks}registry.io/a:v1" })
        {
            using var reader = new StringReader(text);
            ImageListLine line = Assert.Single(ImageListReader.Read(reader));
            ImageListException e = Assert.Throws<ImageListException>(() => MirrorImage.Parse(line));
            Assert.Contains("longer than 16384", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Blanks_and_comments_may_be_as_long_as_they_like()
    {
        string blanks = new(' ', 2 * ImageListReader.MaximumLineLength);
        using var reader = new StringReader($"{blanks}\n#{blanks}c\n//{blanks}c\nregistry.io/a mirror.io/a v1{blanks}\n");
        ImageListLine line = Assert.Single(ImageListReader.Read(reader));
        Assert.Equal(4, line.Number);
        Assert.Equal("v1", MirrorImage.Parse(line).Tag);
    }
}
