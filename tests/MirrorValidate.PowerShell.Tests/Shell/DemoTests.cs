namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_shows_its_list_its_pipeline_and_every_class_of_defect()
    {
        ShellOutput shell = await ShellProcess.RunAsync("-Demo");
        Assert.Equal((0, ""), (shell.ExitCode, shell.Error));
        Assert.Contains("library/alpine mirror/alpine 3.20\n", shell.Output, StringComparison.Ordinal);
        Assert.Contains("PS> Get-Content image-list.txt | Test-MirrorImage ", shell.Output, StringComparison.Ordinal);
        foreach (string reason in (string[])
        [
            "DestinationNotAList", "DestinationNotFound", "DestinationListLength", "PlatformMismatch", "SpecMismatch", "DestinationManifestMissing",
        ])
            Assert.Contains(reason, shell.Output, StringComparison.Ordinal);

        // What follows the last command is the failed list: the lines of the failed entries as they stand in the list, in its order.
        string failed = shell.Output[shell.Output.LastIndexOf("PS> ", StringComparison.Ordinal)..];
        Assert.Equal(
            ["library/postgres", "library/haproxy", "library/memcached", "library/registry", "library/tools", "library/agent", "library/etcd"],
            failed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ')[0]));
    }
}
