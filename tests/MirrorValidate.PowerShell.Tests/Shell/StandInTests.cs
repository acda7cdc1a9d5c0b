namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class StandInTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirror-validate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Content_is_written_and_read_with_line_numbers()
    {
        string output = await RunAsync(
            """
            'a', 'b', 'c' | Set-Content list.txt
            Get-Content *.txt | ForEach-Object { "$_ $($_.ReadCount) $($_.PSChildName)" }
            (Get-Content list.txt -TotalCount 2) -join '+'
            (Get-Content -LiteralPath list.txt -Raw).Length
            (Get-Content list.txt)[0].PSPath
            """);
        Assert.Equal(
            $"a 1 list.txt\nb 2 list.txt\nc 3 list.txt\na+b\n{3 * (1 + Environment.NewLine.Length)}\n" +
            $"Microsoft.PowerShell.Core\\FileSystem::{Path.Combine(_folder.FullName, "list.txt")}\n",
            output);
    }

    [Fact]
    public async Task Redirection_and_Out_File_write_what_would_be_shown()
    {
        string output = await RunAsync(
            """
            [pscustomobject]@{ Name = 'a'; Size = 1 } > out.txt
            'more' >> out.txt
            Get-Content out.txt
            Test-Path out.txt; Remove-Item out.txt; Test-Path out.txt
            """);
        Assert.Equal("\nName Size\n---- ----\na       1\n\nmore\nTrue\nFalse\n", output);
    }

    [Fact]
    public async Task Select_Object_picks_objects_and_properties()
    {
        string output = await RunAsync(
            """
            (1..9 | Select-Object -First 2) -join ','
            (1..9 | Select-Object -Last 2) -join ','
            (1..9 | Select-Object -Skip 7) -join ','
            (1..9 | Select-Object -Skip 2 -First 1) -join ','
            ('b', 'a', 'b' | Select-Object -Unique) -join ','
            $object = [pscustomobject]@{ Name = 'a'; Size = 1; List = 1, 2 }
            ($object | Select-Object N*, @{ Name = 'Twice'; Expression = { $_.Size * 2 } } | Out-String -Stream | Where-Object { $_ }) -join '|'
            ($object | Select-Object -ExpandProperty List) -join ','
            """);
        Assert.Equal("1,2\n8,9\n8,9\n3\nb,a\nName Twice|---- -----|a        2\n1,2\n", output);
    }

    [Fact]
    public async Task Select_Object_First_stops_what_comes_before_it()
    {
        string output = await RunAsync("$n = 0; & { while ($true) { ($script:n++) } } | Select-Object -First 3; \"made $n\"");
        Assert.Equal("0\n1\n2\nmade 3\n", output);
    }

    [Fact]
    public async Task Objects_are_sorted_grouped_and_measured()
    {
        string output = await RunAsync(
            """
            (3, 1, 2 | Sort-Object) -join ','
            (3, 1, 2, 3 | Sort-Object -Descending -Unique) -join ','
            $objects = foreach ($i in 1..4) { [pscustomobject]@{ Id = $i; Kind = @('even', 'odd')[$i % 2] } }
            ($objects | Sort-Object Kind, @{ Expression = 'Id'; Descending = $true } | ForEach-Object Id) -join ','
            $objects | Group-Object Kind | ForEach-Object { "$($_.Name) $($_.Count) $($_.Group.Id -join '+')" }
            $measured = $objects | Measure-Object Id -Sum -Average -Maximum -Minimum
            "$($measured.Count) $($measured.Sum) $($measured.Average) $($measured.Maximum) $($measured.Minimum)"
            """);
        Assert.Equal("1,2,3\n3,2,1\n4,2,3,1\neven 2 2+4\nodd 2 1+3\n4 10 2.5 4 1\n", output);
    }

    [Fact]
    public async Task Tables_and_lists_are_formatted_by_the_engine()
    {
        string output = await RunAsync(
            "$o = [pscustomobject]@{ Name = 'a'; Size = 1 }; $o | Format-List | Out-String -Stream | Where-Object { $_ }; " +
            "$o | Format-Table Size, Name -HideTableHeaders | Out-String -Stream | Where-Object { $_ }");
        Assert.Equal("Name : a\nSize : 1\n   1 a\n", output);
    }

    [Fact]
    public async Task Json_has_the_depth_and_the_numbers_of_pwsh()
    {
        string output = await RunAsync(
            """
            $object = [pscustomobject]@{ Text = "a`"<"; Number = 1; Day = [DayOfWeek]::Monday; Deep = @{ a = @{ b = @{ c = 1 } } }; List = 1, 'x'; None = $null }
            $object | ConvertTo-Json -Compress
            $object, 2 | ConvertTo-Json -Compress -Depth 1 -EnumsAsStrings
            [version]'1.2', $true | Select-Object -First 1 | ConvertTo-Json
            """);
        Assert.Equal(
            """
            {"Text":"a\"<","Number":1,"Day":1,"Deep":{"a":{"b":"System.Collections.Hashtable"}},"List":[1,"x"],"None":null}
            [{"Text":"a\"<","Number":1,"Day":"Monday","Deep":"System.Collections.Hashtable","List":"1 x","None":null},2]
            {
              "Major": 1,
              "Minor": 2,
              "Build": -1,
              "Revision": -1,
              "MajorRevision": -1,
              "MinorRevision": -1
            }

            """,
            output);
    }

    [Fact]
    public async Task Json_becomes_objects()
    {
        string output = await RunAsync(
            """
            $object = '{ "Tags": ["a", "b"],', '"Deep": { "Size": 3, "Part": 0.5, "Yes": true, "No": null } }' | ConvertFrom-Json
            "$($object.Tags -join '+') $($object.Deep.Size) $($object.Deep.Part) $($object.Deep.Yes) $($null -eq $object.Deep.No)"
            ('[1, 2]' | ConvertFrom-Json | ForEach-Object { "<$_>" }) -join ''
            try { '{' | ConvertFrom-Json } catch { $_.CategoryInfo.Category }
            """);
        Assert.Equal("a+b 3 0.5 True True\n<1><2>\nInvalidData\n", output);
    }

    [Fact]
    public async Task Values_survive_csv_and_clixml()
    {
        string output = await RunAsync(
            """
            $objects = [pscustomobject]@{ Name = "quoted `"a`", b"; Size = 1 }, [pscustomobject]@{ Name = "two`nlines"; Size = 2 }
            $objects | Export-Csv objects.csv
            (Import-Csv objects.csv | ForEach-Object { "$($_.Name)=$($_.Size)" }) -join '|'
            Import-Csv objects.csv -Header A | Select-Object -First 1 | ForEach-Object A
            $objects | Export-Clixml objects.xml
            (Import-Clixml objects.xml | ForEach-Object { "$($_.Name)=$($_.Size)" }) -join '|'
            $objects[0] | Get-Member -MemberType NoteProperty | ForEach-Object Name
            """);
        Assert.Equal(
            "quoted \"a\", b=1|two\nlines=2\nName\nquoted \"a\", b=1|two\nlines=2\nName\nSize\n", output);
    }

    private async Task<string> RunAsync(string script)
    {
        ShellOutput shell = await ShellProcess.RunAsync("-c", $"Set-Location '{_folder.FullName}'\n{script}");
        Assert.Equal((0, ""), (shell.ExitCode, shell.Error));
        return shell.Output;
    }
}
