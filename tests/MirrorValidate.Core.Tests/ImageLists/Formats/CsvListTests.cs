using CsCheck;
using MirrorValidate.Core.Tests.References;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Formats;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class CsvListTests
{
    [Theory]
    [InlineData("Source,Destination,Tag\na.io/x,b.io/x,v1\nc.io/y,d.io/y,v2\n")]
    [InlineData("\uFEFFsource,DESTINATION,tag\r\na.io/x,b.io/x,v1\r\nc.io/y,d.io/y,v2")]
    [InlineData("Tag,Note,Source,Destination\nv1,\"one, two\",a.io/x,b.io/x\nv2,,c.io/y,d.io/y\n")]
    [InlineData("\"Source\",\"Destination\",\"Tag\"\n\"a.io/x\",\"b.io/x\",\"v1\"\n\"c.io/y\",\"d.io/y\",\"v2\"\n")]
    [InlineData("Source;Destination;Tag\na.io/x;b.io/x;v1\nc.io/y;d.io/y;v2\n")]
    [InlineData("Source\tDestination\tTag\na.io/x\tb.io/x\tv1\nc.io/y\td.io/y\tv2\n")]
    [InlineData("Source, Destination, Tag\na.io/x, b.io/x, v1\nc.io/y, d.io/y, v2\n")]
    public void Rows_become_entries_whatever_the_order_of_the_columns_and_the_separator(string text) =>
        Assert.Equal(["2: a.io/x b.io/x v1", "3: c.io/y d.io/y v2"], Read("list.csv", text).Shown());

    [Fact]
    public void Results_that_were_saved_are_read()
    {
        const string Text = """"
            #TYPE MirrorValidate.Validation.MirrorImageResult
            "Id","Status","Reason","Message","Source","Destination","Tag","Line","LineNumber","Path"
            "1","Failed","SpecMismatch","source manifest ""a"" != dest ""b"",
            tag ""v1""","a.io/x","b.io/x","v1","a.io/x b.io/x v1","4","list.txt"
            "2","Error","InvalidLine","expected, found 4 fields","","","","four fields are wrong","5","list.txt"
            "3","Passed","None","","a.io/y","b.io/y","v1=v2","a.io/y b.io/y v1=v2","6","list.txt"
            "4","Error","InvalidLine","no destination registry","","","","quay.io/z:v3","7","list.txt"
            """";
        IReadOnlyList<ImageListEntry> entries = Read("results.csv", Text);
        Assert.Equal(
            [
                "3: a.io/x b.io/x v1",
                "5! expected SOURCE DESTINATION TAG or one reference, found 4 fields",
                "6: a.io/y b.io/y v1=v2",
                "7: quay.io/z - v3",
            ],
            entries.Shown());
        Assert.Equal("four fields are wrong", entries[1].Origin.Text);
    }

    [Theory]
    [InlineData("Source,Tag\na.io/x,v1", "2: a.io/x - v1")]
    [InlineData("Source\na.io/x:v1", "2: a.io/x - v1")]
    [InlineData("Source,Destination,Tag\na.io/x:v1", "2: a.io/x - v1")]
    [InlineData("Source,Destination,Tag\na.io/x,b.io/x", "2: a.io/x b.io/x latest")]
    [InlineData("Source,Destination,Tag\n\n\na.io/x,b.io/x,v1\n,,\n \n", "4: a.io/x b.io/x v1")]
    [InlineData("\n\nSource,Destination,Tag\na.io/x,b.io/x,v1", "4: a.io/x b.io/x v1")]
    public void What_is_left_out_is_left_out(string text, string expected) => Assert.Equal([expected], Read("list.csv", text).Shown());

    [Theory]
    [InlineData(",b.io/x,v1", "the Source is empty")]
    [InlineData("a.io/x,b.io/x,v1,v2", "the record has 4 fields and the header 3")]
    [InlineData("a.io/X,b.io/x,v1", "lower case")]
    [InlineData("a.io/x,b.io/x,v 1", "\"v 1\" is not a tag")]
    [InlineData("a.io/x,\"b.io/x,v1", "a quote that opens here is never closed")]
    [InlineData("\"", "a quote that opens here is never closed")]
    [InlineData("# a comment is none here,b,c", "not a repository name")]
    public void What_cannot_be_read_names_the_line(string row, string problem)
    {
        (int line, string message) = Read("list.csv", $"Source,Destination,Tag\n\n{row}").Problem();
        Assert.Equal(3, line);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("source,target,tag\na.io/x,b.io/x,v1")]
    [InlineData("From,To\na.io/x:v1,b.io/x:v1")]
    [InlineData("Image,Mirror,Version\na.io/x,b.io/x,v1")]
    [InlineData("Image Name,Dest Repository,Image Tag\na.io/x,b.io/x,v1")]
    [InlineData("src_image,dst_image\na.io/x:v1,b.io/x")]
    [InlineData("sourceImage,targetImage,tags\na.io/x,b.io/x,v1")]
    [InlineData("SOURCE,DESTINATION,TAG\na.io/x,b.io/x,v1")]
    [InlineData("Image,Source,Destination,Tag\nthe x,a.io/x,b.io/x,v1")]
    [InlineData("sep=;\nSource;Destination;Tag\na.io/x;b.io/x;v1")]
    [InlineData("sep=|\nSource|Destination|Tag\na.io/x|b.io/x|v1")]
    [InlineData("sep=\t\nSource\tDestination\tTag\na.io/x\tb.io/x\tv1")]
    [InlineData("a.io/x,b.io/x,v1")]
    [InlineData("a.io/x;b.io/x;v1")]
    [InlineData("a.io/x\tb.io/x\tv1")]
    [InlineData("\"a.io/x\",\"b.io/x\",\"v1\"")]
    [InlineData("a.io/x:v1,b.io/x:v1")]
    [InlineData("a.io/x:v1,b.io/x,,")]
    [InlineData("sep=;\na.io/x:v1;b.io/x")]
    public void Columns_are_told_by_their_meaning_or_their_place(string text)
    {
        var warnings = new List<string>();
        ImageListEntry entry = Assert.Single(CsvList.Read(new StringReader(text), "list.csv", mayBePlain: true, warnings.Add));
        Assert.Equal("a.io/x b.io/x v1", entry.Image?.ToListLine());
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("Source,Source Tag,Destination,Destination Tag\na.io/x,v1,b.io/x,v2", "a.io/x b.io/x v1=v2")]
    [InlineData("Source,Destination\na.io/x:v1,b.io/x:v2", "a.io/x b.io/x v1=v2")]
    [InlineData("Source,Destination,Tag,Platform\na.io/x,b.io/x,v1,linux/arm64", "--platform=linux/arm64 a.io/x b.io/x v1")]
    [InlineData("a.io/x,,v1", "a.io/x:v1")]
    [InlineData("a.io/x,v1", "a.io/x:v1")]
    [InlineData("Image,Version\nx,v1\n", "x:v1")]
    public void Each_side_may_have_its_own_tag_and_an_entry_its_platform(string text, string line) =>
        Assert.Equal(line, Assert.Single(Read("list.csv", text)).Image?.ToListLine());

    [Theory]
    [InlineData("Source,Target Registry,Tag\na.io/x,b.io,v1", "Target Registry")]
    [InlineData("Source,Destination,Target\na.io/x,b.io/x,c.io/x", "Target")]
    [InlineData("Registry,Image,Tag\na.io,x,v1", "Registry")]
    [InlineData("Image,MirrorHost\na.io/x:v1,b.io", "MirrorHost")]
    public void A_column_that_looks_like_a_place_and_is_not_read_is_a_warning(string text, string column)
    {
        var warnings = new List<string>();
        Assert.Single(CsvList.Read(new StringReader(text), "list.csv", mayBePlain: true, warnings.Add));
        Assert.Contains($"list.csv: the column \"{column}\" looks like", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_results_all_that_is_not_read_is_meant_to_be()
    {
        var warnings = new List<string>();
        string header = string.Join(',', typeof(MirrorValidate.Validation.MirrorImageResult).GetProperties().Select(property => property.Name));
        Assert.Empty(CsvList.Read(new StringReader(header), "results.csv", mayBePlain: true, warnings.Add));
        Assert.Empty(warnings);
    }

    [Fact]
    public void Without_a_header_too_many_fields_are_an_error()
    {
        string[] shown = [.. Read("list.csv", "a.io/x,b.io/x,v1,web team\na.io/y,b.io/y,v1\n").Shown()];
        Assert.StartsWith("1! the record has 4 fields and the file no header: write one, with", shown[0], StringComparison.Ordinal);
        Assert.Equal("2: a.io/y b.io/y v1", shown[1]);
    }

    [Fact]
    public void A_quote_that_is_never_closed_ends_the_file_with_an_error_and_memory_stays_flat()
    {
        using var endless = new RepeatingReader("x", long.MaxValue);
        using var header = new StringReader("Source,Destination,Tag\na,b,v1\na,\"b");
        using var text = new ConcatenatedReader(header, endless);
        ImageListEntry[] entries = [.. CsvList.Read(text, "list.csv", mayBePlain: false)];
        Assert.Equal([true, false], entries.Select(entry => entry.Image is not null));
        Assert.Contains("longer than", entries[1].Error!.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Count, 1, 2 * CsvRecords.MaximumLength);
    }

    [Fact]
    public void It_is_a_stream()
    {
        using var endless = new RepeatingReader("a,b,v1\n", long.MaxValue);
        using var header = new StringReader("Source,Destination,Tag\n");
        using var text = new ConcatenatedReader(header, endless);
        Assert.Equal(1000, CsvList.Read(text, null, mayBePlain: true).Take(1000).Count());
        Assert.InRange(endless.Count, 1, 40_000);
    }

    [Fact]
    public void Any_fields_survive_being_quoted() =>
        Gen.String[Gen.OneOf(Gen.Char[" ,;\"\n\t'#ab"], Gen.Char), 0, 12].Where(text => !text.Contains('\r')).Array[1, 5].Array[1, 5].Sample(rows =>
        {
            string text = string.Join("\r\n", rows.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
            using var reader = new StringReader(text);
            var records = new CsvRecords(reader);
            var read = new List<IReadOnlyList<string>>();
            while (records.Read() is { } record)
            {
                Assert.Null(record.Problem);
                read.Add(record.Fields);
            }

            Assert.Equal(rows, read);
        });

    [Fact]
    public void Any_entry_survives_being_written_as_a_row() =>
        Gen.Select(ReferenceGen.Host, ReferenceGen.Path, ReferenceGen.Tag, ReferenceGen.Digest, Gen.Int[0, 3]).Sample((host, path, tag, digest, kind) =>
        {
            string name = $"{host}/{path}";
            string field = kind switch { 0 => tag, 1 => $"{tag}@{digest}", 2 => digest, _ => $"{digest}={tag}" };
            using var reader = new StringReader($"\"Source\",\"Destination\",\"Tag\"\n\"{name}\",\"{name}\",\"{field}\"\n");
            ImageListEntry entry = Assert.Single(CsvList.Read(reader, null, mayBePlain: true));
            Assert.Equal($"{entry.Image?.Source} {entry.Image?.Destination} {field}", entry.Image?.ToListLine());
        });

    [Fact]
    public void Any_text_is_entries_or_entries_with_an_error() =>
        Gen.String[Gen.Char["ab,;\"\n\r /:.@=\0"], 0, 60].Sample(text => Assert.All(Read("list.csv", $"Source,Destination,Tag\n{text}"), Assert.NotNull), iter: 300);
}
