using System.Diagnostics;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>What machines the runbook uses, and what it does on them.</summary>
public sealed class FleetTests : FleetTest
{
    [SshFact]
    public async Task A_machine_that_cannot_be_reached_is_named_and_left_out()
    {
        await using Fleet fleet = await StartAsync(First);
        await using DotNetProcess run = fleet.Run(
            List, reach: $"{fleet.Connection} -HostName 127.0.0.1:1,{fleet.HostNames}");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        AssertUnusable(output, "127.0.0.1:1", "Connection refused");
        AssertCounts(output, passed: Images);
    }

    [SshFact]
    public async Task A_machine_with_another_host_key_is_not_trusted()
    {
        await using Fleet fleet = await StartAsync(First);
        await using Fleet others = await StartAsync(First, First);
        await using DotNetProcess run = fleet.Run(
            List, reach: $"{fleet.Connection} -HostName {others.HostNames}");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        foreach (SshMachine machine in others.Machines)
            AssertUnusable(output, machine.HostName, "Host key verification failed.");
        AssertCounts(output, left: Images);
        Assert.Equal(0, First.Requests.Count);
    }

    [SshFact]
    public async Task A_machine_without_the_module_cannot_be_used()
    {
        await using Fleet fleet = await StartAsync(First);
        await using DotNetProcess run = fleet.Run(List, module: "Nowhere");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        AssertUnusable(output, fleet.Machines[0].HostName, "'Nowhere'");
        Assert.Contains($"No machine was left for {Images} of {Images} images", output.Error, StringComparison.Ordinal);
    }

    [SshFact]
    public async Task A_machine_whose_results_are_not_those_of_its_images_is_given_up()
    {
        await using Fleet fleet = await StartAsync(First);
        string module = Path.Combine(fleet.Machines[0].Home, "Fake.psm1");
        await File.WriteAllTextAsync(
            module,
            """
            function Test-MirrorImage {
                param([Parameter(ValueFromPipeline)] $InputObject, $ThrottleLimit, [switch] $NoFailedList)
                process { if ($InputObject) { [pscustomobject]@{ Id = 1; Status = 'Passed'; Reason = 'None' } } }
            }
            """);
        await using DotNetProcess run = fleet.Run(List, module: module);
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        string machine = fleet.Machines[0].HostName;
        Assert.Contains($"WARNING: {machine} is lost: it gave two results for an image", output.Lines);
        AssertCounts(output, passed: 1, left: Images - 1);
    }

    [SshFact]
    public async Task Ctrl_C_stops_the_machines()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Source.Faults.Add(new Fault
        {
            HangForever = true,
            Predicate = context =>
            {
                context.RequestAborted.Register(() => stopped.TrySetResult());
                asked.TrySetResult();
                return true;
            },
        });
        await using Fleet fleet = await StartAsync(First, First);
        await using DotNetProcess run = fleet.Run(List);
        await asked.Task;
        using (Process kill = Process.Start("sh", ["-c", $"kill -INT {run.Id}"])) await kill.WaitForExitAsync();
        await stopped.Task;
        await run.EndAsync();
        Assert.Empty(fleet.ReadResults());
    }

    [SshFact]
    public async Task Credentials_go_over_open_sessions_and_nothing_stays_on_the_machines()
    {
        Source.Options.Authentication = new BasicAuthentication("puller", "s0urce");
        First.Options.Authentication = new BasicAuthentication("reader", "m1rror");
        await using Fleet fleet = await StartAsync(First);
        await using DotNetProcess run = fleet.Run(
            List,
            "-Parameter @{ j = 4; SourceCred = $puller }",
            reach: "-Session $sessions",
            prepare: $$"""
            $puller = [pscredential]::new('puller', (ConvertTo-SecureString 's0urce' -AsPlainText))
            $env:DEST_USERNAME = 'reader'
            $env:DEST_PASSWORD = 'm1rror'
            $sessions = New-PSSession -HostName {{fleet.HostNames}} {{fleet.Connection}}
            """);
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        AssertCounts(output, passed: Images);
        // pwsh itself keeps caches.
        string home = fleet.Machines[0].Home;
        IEnumerable<string> files = Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(home, file));
        Assert.All(files, file => Assert.StartsWith(".cache/powershell/", file, StringComparison.Ordinal));
    }

    [SshFact]
    public async Task Blobs_of_a_repository_are_read_by_one_machine()
    {
        List<string> lines = [];
        for (int number = 1; number <= Images; number++)
        {
            BuiltManifest image = SampleImages.OciIndex("shared");
            string repository = number % 2 == 0 ? "mirror/even" : "mirror/odd";
            image.PutInto(Source.Store, "library/app", $"v{number}");
            image.PutInto(First.Store, repository, $"v{number}");
            lines.Add($"source.test/library/app mirror.test/{repository} v{number}");
        }

        await using Fleet fleet = await StartAsync(First, First);
        await using DotNetProcess run = fleet.Run(lines, "-Parameter @{ Depth = 'Blob' }");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        string[] blobs =
        [
            .. First.Requests.Snapshot().Select(request => request.Path)
                .Where(path => path.Contains("/blobs/", StringComparison.Ordinal)).Order(),
        ];
        Assert.NotEmpty(blobs);
        Assert.Equal(blobs.Distinct(), blobs);
    }
}
