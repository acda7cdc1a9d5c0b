using System.Management.Automation;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.Reports;

/// <summary>A report that is stopped leaves the file that was there, and no other.</summary>
public sealed class StoppingTests : IDisposable
{
    private const string Result = "@{ Id = 1; Status = 'Passed'; Reason = 'None'; Source = 'a/b/c'; Tag = '1'; Line = 'x' }";

    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Ctrl_C_while_results_come()
    {
        string file = _shell.WriteFile("report.html", "old");
        using RunningScript script = _shell.Start(
            $"& {{ while ($true) {{ {Result} }} }} | ForEach-Object {{ $_ }} | Export-MirrorReport '{file}'");
        await Patience.UntilAsync(() => Files().Length > 1, "a temporary file");
        await script.StopAsync();
        AssertOnlyOld(file, script.Errors);
    }

    [Fact]
    public async Task Ctrl_C_while_the_report_is_written()
    {
        string file = _shell.WriteFile("report.html", "old");
        using RunningScript script = _shell.Start(
            $"$result = [pscustomobject] {Result}; 1..40000 | ForEach-Object {{ $result }} | Export-MirrorReport '{file}'");
        await Patience.UntilAsync(
            () => Files().Any(one => one.Name.StartsWith("report.html.", StringComparison.Ordinal) && one.Length > 0),
            "a part of the report");
        await script.StopAsync();
        AssertOnlyOld(file, script.Errors);
    }

    private FileInfo[] Files() => new DirectoryInfo(Path.GetDirectoryName(_shell.FilePath("x"))!).GetFiles();

    private void AssertOnlyOld(string file, PSDataCollection<ErrorRecord> errors)
    {
        Assert.Empty(errors);
        Assert.Equal("old", File.ReadAllText(file).Trim());
        Assert.Equal(["report.html"], Files().Select(one => one.Name));
    }
}
