using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>What the module's objects look like on a host.</summary>
public sealed class ViewTests
{
    [Theory]
    [InlineData(120)]
    [InlineData(200)]
    public async Task The_table_fits_into_120_columns_and_shows_status_and_reason(int width)
    {
        string text = await ShowAsync(width, "$list | Test-MirrorImage -PreserveOrder");
        string[] lines = text.Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
        Assert.Equal(["Id", "Status", "Source", "Destination", "Tag", "Reason"], Words(lines.First(line => line.Contains("Status", StringComparison.Ordinal))));
        Assert.Equal(14, lines.Count(line => line.Contains(" Passed ", StringComparison.Ordinal) || line.Contains(" Failed ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("/library/etcd ", StringComparison.Ordinal) && line.Contains("/mirror/etcd ", StringComparison.Ordinal)
            && line.EndsWith("DestinationManifestMissing", StringComparison.Ordinal));
        Assert.DoesNotContain("None", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_names_are_cut_in_the_middle_and_digests_after_twelve_digits()
    {
        string name = "library/" + string.Concat(Enumerable.Repeat("a-rather-long-name/", 5)) + "web-front-end";
        string digest = "sha256:" + new string('0', 52) + "123456789abc";
        string text = await ShowAsync(120, "$input | Test-MirrorImage -MaximumRetryCount 0 -ErrorAction SilentlyContinue", $"127.0.0.1:1/{name} 127.0.0.1:1/{name} v1@{digest}");
        string row = text.Split('\n').Single(line => line.Contains("Error", StringComparison.Ordinal));
        Assert.Matches(@"127\.0\.0\.1:1/lib….*/web-front-end ", row);
        Assert.DoesNotContain("123456789abc", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_shown_without_what_would_steer_the_terminal()
    {
        string text = await ShowAsync(120, "$input | Test-MirrorImage -ErrorAction SilentlyContinue", "one two \u001b[2Jthree four", terminal: true);
        Assert.Contains("one two  [2Jthree four", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_gets_colours_and_other_hosts_plain_text()
    {
        const string Script = "$list[0], $list[7], 'a b c d' | Test-MirrorImage -PreserveOrder -ErrorAction SilentlyContinue";
        string coloured = await ShowAsync(120, Script, terminal: true);
        Assert.Contains("\u001b[32mPassed\u001b[0m", coloured, StringComparison.Ordinal);
        Assert.Contains("\u001b[91mFailed\u001b[0m", coloured, StringComparison.Ordinal);
        Assert.Contains("\u001b[33mError\u001b[0m", coloured, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', await ShowAsync(120, Script));
    }

    [Theory]
    [InlineData("$PSStyle.OutputRendering = 'PlainText'", "$PSStyle.OutputRendering = 'Host'")]
    [InlineData("$env:NO_COLOR = '1'", "$env:NO_COLOR = $null")]
    public async Task A_user_who_wants_no_colour_gets_none(string set, string reset)
    {
        using var settings = new ModuleRunspace();
        settings.Run(set);
        try
        {
            string text = await ShowAsync(120, "$list[0], $list[7] | Test-MirrorImage | Format-List", terminal: true);
            Assert.DoesNotMatch("\u001b\\[(31|32|33|91)m", text);
        }
        finally
        {
            // Both are the process's.
            settings.Run(reset);
        }
    }

    [Fact]
    public async Task The_views_need_no_PSStyle_and_bear_strict_mode()
    {
        string text = await ShowAsync(
            120,
            "$PSStyle = $null; Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $list[7] | Test-MirrorImage | Out-Default; "
            + "$list[7] | Test-MirrorImage | Format-List | Out-Default; Get-ManifestList \"$source/library/nginx:1.27\"");
        Assert.Matches("Failed .* SpecMismatch\n", text);
        Assert.Matches("linux/amd64 .* digest differs\n", text);
        Assert.Contains("unknown/unknown", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, @"linux/amd64 +[0-9a-f]{12} != [0-9a-f]{12} digest differs\n")]
    [InlineData(8, @"linux/amd64 +([0-9a-f]{12}) =  \1\n +linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination\n")]
    [InlineData(9, @"linux/amd64 +([0-9a-f]{12}) =  \1 the destination states no platform\n +linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination\n")]
    [InlineData(10, @"linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination\n")]
    [InlineData(11, @"linux/amd64 +([0-9a-f]{12}) =  \1\n +linux/arm64/v8 - +!= [0-9a-f]{12} missing at the source\n")]
    [InlineData(12, @"linux/amd64 ([0-9a-f]{12}) = \1 +the destination says linux/arm64/v8\n")]
    [InlineData(13, @"linux/arm64/v8 ([0-9a-f]{12}) = \1 listed, but not in the destination registry\n")]
    [InlineData(5, @"linux/amd64 [0-9a-f]{12}  [0-9a-f]{12} schema 1: digests are not compared\n")]
    public async Task The_list_view_compares_platform_by_platform(int index, string pattern) =>
        Assert.Matches(pattern, await ShowAsync(120, $"$list[{index}] | Test-MirrorImage | Format-List"));

    [Fact]
    public async Task The_list_view_tells_of_each_difference_why_and_what_to_do()
    {
        string text = await ShowAsync(120, "$list[8] | Test-MirrorImage | Format-List");
        Assert.Matches(@"Differences +: MissingPlatform linux/arm64/v8: sha256:[0-9a-f]{12} -> -\n +This platform was not mirrored", text);
        Assert.Matches(@"\n +FilteredIndex: linux/amd64, .* -> linux/amd64", text);
        string stale = await ShowAsync(120, "$list[7] | Test-MirrorImage -Explain | Format-List");
        Assert.Matches(@"linux/amd64 +[0-9a-f]{12} != [0-9a-f]{12} digest differs; another build\n", stale);
        Assert.Matches(@"Differences +: Rebuilt linux/amd64: sha256:[0-9a-f]{12} -> sha256:[0-9a-f]{12}\n +Rebuilt linux/arm64/v8: ", stale);
    }

    [Fact]
    public async Task The_list_view_has_every_property_and_only_the_differing_cells_in_red()
    {
        string text = await ShowAsync(120, "$list[8] | Test-MirrorImage | Format-List", terminal: true);
        string plain = System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
        string[] labels = [.. plain.Split('\n').Select(line => line.Split(" :")[0].TrimEnd()).Where(label => label.Length > 0 && label[0] != ' ')];
        Assert.Equal(
            [
                "Id", "Status", "Reason", "Message", "Source", "Destination", "Tag", "SourceDigest", "DestinationDigest", "SourceMediaType",
                "DestinationMediaType", "Platforms", "Differences", "Proof", "Line", "LineNumber", "Path", "Duration", "RequestCount",
            ],
            labels);
        Assert.Matches("\u001b\\[91mlinux/arm64/v8\u001b", text);
        Assert.DoesNotMatch("\u001b\\[91mlinux/amd64", text);
        Assert.All(plain.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Fact]
    public async Task A_result_that_came_through_serialization_looks_the_same()
    {
        const string Script = "$s = [System.Management.Automation.PSSerializer]; $s::Deserialize($s::Serialize(($list[7] | Test-MirrorImage), 1))";
        string table = await ShowAsync(120, Script);
        Assert.Contains("Status Source", table, StringComparison.Ordinal);
        Assert.Contains("SpecMismatch", table, StringComparison.Ordinal);
        string list = await ShowAsync(120, Script + " | Format-List");
        Assert.Matches("linux/amd64 +[0-9a-f]{12} != [0-9a-f]{12} digest differs", list);
    }

    // JSON comes back as objects without a type, one in another.
    private const string AsJson =
        "function Copy-Property($from) { $copy = [ordered]@{}; foreach ($one in $from.PSObject.Properties) { $copy[$one.Name] = $one.Value }; [pscustomobject]$copy };"
        + " $o = Copy-Property $o; $o.Platforms = @($o.Platforms | ForEach-Object { Copy-Property $_ }); $o.Differences = @($o.Differences | ForEach-Object { Copy-Property $_ })";

    [Theory]
    [InlineData("$o = $s::Deserialize($s::Serialize($o, 1))")]
    [InlineData(AsJson)]
    public async Task The_platforms_of_a_result_that_came_back_are_shown_as_before(string comeBack)
    {
        string text = await ShowAsync(
            120,
            "$s = [System.Management.Automation.PSSerializer]; foreach ($index in 5, 8, 9, 12, 13) { $o = $list[$index] | Test-MirrorImage; "
            + $"[MirrorValidate.PowerShell.Formatting.ResultView]::Platforms($o); {comeBack}; "
            + "[MirrorValidate.PowerShell.Formatting.ResultView]::Platforms($o) }");
        string[] tables = text.ReplaceLineEndings("\n").Split("Platform ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, tables.Length);
        Assert.All(tables.Chunk(2), pair => Assert.Equal(pair[0].TrimEnd(), pair[1].TrimEnd()));
    }

    [Fact]
    public async Task A_manifest_list_is_a_table_of_platforms_under_what_names_it()
    {
        string text = await ShowAsync(120, "\"$source/library/pause:3.9\" | Get-ManifestList");
        Assert.Matches(@"Image: +127\.0\.0\.1:\d+/library/pause:3\.9\n", text);
        Assert.Contains("MediaType: application/vnd.docker.distribution.manifest.list.v2+json\n", text, StringComparison.Ordinal);
        Assert.Matches(@"Digest: +sha256:[0-9a-f]{12}\n", text);
        Assert.Matches(@"Platform +Digest +Size MediaType\n", text);
        Assert.Matches(@"windows/amd64:10\.0\.17763\.5576 [0-9a-f]{12} +\d+ application/vnd\.docker\.distribution\.manifest\.v2\+json\n", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Fact]
    public async Task The_list_view_of_a_manifest_list_has_the_table_in_it()
    {
        string text = await ShowAsync(120, "Get-ManifestList \"$source/library/pause:3.9\" | Format-List");
        Assert.Matches(@"\nManifests : Platform +Digest +Size MediaType\n", text);
        Assert.Matches(@"\n +windows/amd64:10\.0\.17763\.5576 [0-9a-f]{12} +\d+ application/", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Theory]
    [InlineData("(Get-ManifestList \"$source/library/nginx:1.27\").Manifests", "Platform Digest Size MediaType")]
    [InlineData("($list[0] | Test-MirrorImage).SourceSpec", "Platform Digest")]
    [InlineData("($list[8] | Test-MirrorImage).Differences", "Kind Platform Source Destination")]
    [InlineData("($list[8] | Test-MirrorImage).Platforms", "SourcePlatform SourceDigest DestinationPlatform DestinationDigest")]
    [InlineData("Import-MirrorList ./image-list.txt", "Source Destination Tag Line")]
    public async Task Parts_and_entries_are_tables(string script, string header)
    {
        string text = await ShowAsync(120, script);
        Assert.Equal(header.Split(' '), Words(text.Split('\n').First(line => line.Trim().Length > 0)));
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> ShowAsync(int width, string script, string? input = null, bool terminal = false)
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        var host = new TextHost(width, terminal);
        using var shell = new ModuleRunspace(host);
        string[] list = [.. DemoImages.Seed(registries.Source.Store, registries.Destination.Store).Select(line => WithHosts(line, registries))];
        shell.WriteFile("image-list.txt", list);
        var variables = new Dictionary<string, object?> { ["list"] = list, ["source"] = registries.Source.Host.ToString() };
        Outcome outcome = shell.Run($"& {{ {script} }} | Out-Default", variables, input is null ? [] : [input]);
        Assert.Null(outcome.Terminating);
        Assert.Empty(outcome.Errors);
        return host.TakeText();
    }

    private static string WithHosts(string line, RegistryPair registries)
    {
        string[] parts = line.Split(' ');
        return $"{registries.Source.Host}/{parts[0]} {registries.Destination.Host}/{parts[1]} {parts[2]}";
    }
}
