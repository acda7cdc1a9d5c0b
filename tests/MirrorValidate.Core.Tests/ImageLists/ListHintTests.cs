using System.Text;
using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class ListHintTests
{
    private const string DockerImages = """
        REPOSITORY                 TAG       IMAGE ID       CREATED       SIZE
        nginx                      1.27      39286ab8a5e1   4 weeks ago   192MB
        quay.io/coreos/etcd        v3.5.17   a4ce4bd3ee8f   2 months ago  149MB
        """;

    private const string Crictl = """
        IMAGE                                TAG      IMAGE ID        SIZE
        registry.k8s.io/pause                3.10     873ed75102791   320kB
        """;

    [Theory]
    [InlineData("list.txt", DockerImages, "looks like the output of docker images")]
    [InlineData("list.txt", Crictl, "looks like the output of docker images")]
    [InlineData("list.txt", "nginx   1.27   39286ab8a5e1   4 weeks ago   192MB\n", "looks like the output of docker images")]
    [InlineData("list.txt", "apiVersion: v1\nkind: Pod\n", "looks like YAML or JSON")]
    [InlineData("list.conf", "{\n  \"a.io/x:v1\": \"b.io/x\"\n}\n", "looks like YAML or JSON")]
    [InlineData("list.txt", "Source,Destination,Tag\na.io/x,b.io/x,v1\n", "looks like comma-separated values")]
    [InlineData("list.txt", "<!DOCTYPE html>\n<html>\n</html>\n", "looks like a web page")]
    [InlineData("list.txt", "\u001f\ufffd\b\0", "UTF-16")]
    [InlineData("list.txt", "PK\u0003\u0004\u0014", "looks like an archive")]
    public void A_file_of_which_no_line_is_read_is_told_by_its_looks(string name, string text, string hint)
    {
        string warning = Assert.Single(Warnings(name, Encoding.UTF8.GetBytes(text)));
        Assert.Contains(name, warning, StringComparison.Ordinal);
        Assert.Contains(hint, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_is_UTF_16_without_a_byte_order_mark(bool isBigEndian)
    {
        byte[] bytes = new UnicodeEncoding(isBigEndian, byteOrderMark: false).GetBytes("a.io/x b.io/x v1\r\na.io/y b.io/y v1\r\n");
        Assert.Contains("looks like UTF-16 without a byte order mark: save it as UTF-8", Assert.Single(Warnings("list.txt", bytes)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.io/x b.io/x v1\n")]
    [InlineData("a.io/x b.io/x v1\napiVersion: v1\n")]
    [InlineData("apiVersion: v1\na.io/x b.io/x v1\n")]
    [InlineData("a b c d\ne f g h\n")]
    public void A_list_with_errors_is_still_a_list(string text) => Assert.Empty(Warnings("list.txt", Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("list.yaml")]
    [InlineData("list.json")]
    [InlineData("list.csv")]
    public void A_document_in_UTF_16_without_a_byte_order_mark_is_refused_as_such(string name)
    {
        byte[] bytes = new UnicodeEncoding(bigEndian: false, byteOrderMark: false).GetBytes("Source,Destination\n");
        ImageListFormatException e = Assert.Throws<ImageListFormatException>(() => Warnings(name, bytes));
        Assert.Contains("looks like UTF-16 without a byte order mark", e.Message, StringComparison.Ordinal);
    }

    private static List<string> Warnings(string name, byte[] content)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("mirror-validate-");
        try
        {
            string path = Path.Combine(directory.FullName, name);
            File.WriteAllBytes(path, content);
            var warnings = new List<string>();
            _ = ImageListFile.Read(path, ImageListFormat.Auto, warnings.Add).Count();
            return warnings;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
