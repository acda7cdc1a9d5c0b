using System.Runtime.Loader;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests;

/// <summary>Runs beside each other, and the module beside its host.</summary>
public sealed class IsolationTests : ModuleTest
{
    [Fact]
    public async Task Two_runspaces_do_not_disturb_each_other()
    {
        using var other = new ModuleRunspace();
        string[] mine = [.. Enumerable.Range(0, 30).Select(number => number % 3 == 0 ? Stale($"mine{number}") : Right($"mine{number}"))];
        string[] theirs = [.. Enumerable.Range(0, 30).Select(number => number % 5 == 0 ? Unknown($"theirs{number}") : Right($"theirs{number}"))];
        Task<Outcome> first = Task.Run(() => Shell.Run("Test-MirrorImage -j 7 -Verbose", mine));
        Task<Outcome> second = Task.Run(() => other.Run("Test-MirrorImage -j 20 -Verbose", theirs));
        await Task.WhenAll(first, second);
        Assert.Equal(10, (await first).Output.Count(result => result.Text("Reason") == "SpecMismatch"));
        Assert.Equal(20, (await first).Output.Count(result => result.Text("Reason") == "None"));
        Assert.Empty((await first).Errors);
        Assert.Equal(6, (await second).Output.Count(result => result.Text("Reason") == "SourceNotFound"));
        Assert.Equal(24, (await second).Output.Count(result => result.Text("Reason") == "None"));
        Assert.Equal(6, (await second).Errors.Count);
        Assert.DoesNotContain((await first).Verbose, line => line.Contains("theirs", StringComparison.Ordinal));
        Assert.DoesNotContain((await second).Verbose, line => line.Contains("mine", StringComparison.Ordinal));
        Assert.Equal(10, File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt")).Length);
        Assert.Equal(6, File.ReadAllLines(other.FilePath("mirror-validate-failed.txt")).Length);
    }

    [Fact]
    public async Task Stopping_one_runspace_leaves_the_other_running()
    {
        var fault = Registries.Source.Faults.Add(new Embedded.Fault { Path = "/v2/library/hanging/*", HangForever = true });
        using RunningScript hanging = Shell.Start($"Test-MirrorImage -f {Shell.WriteFile("list.txt", Right("hanging"))}");
        using var other = new ModuleRunspace();
        using RunningScript command = other.StartCommand("Test-MirrorImage", new Dictionary<string, object>());
        command.Send(Right("a"));
        await Patience.UntilAsync(() => fault.Hits > 0, "a request that hangs");
        await hanging.StopAsync();
        command.Send(Right("b"));
        command.EndInput();
        await command.EndAsync();
        Assert.Equal(["Passed", "Passed"], command.Output.Select(result => result.Text("Status")));
    }

    [Fact]
    public void The_cmdlets_and_what_they_need_live_in_a_load_context_of_their_own()
    {
        object result = Shell.Run("Test-MirrorImage", Right()).Only.BaseObject;
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(result.GetType().Assembly)!;
        Assert.Equal("MirrorValidate", context.Name);
        Assert.Contains(context.Assemblies, assembly => assembly.GetName().Name == "Polly.Core");
        Assert.DoesNotContain(context.Assemblies, assembly => assembly.GetName().Name == "System.Management.Automation");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "MirrorValidate.Core" or "Polly.Core");
    }

    [Theory]
    [InlineData("list.txt", "a.io/x b.io/x v1", "")]
    [InlineData("list.csv", "Source,Tag\na.io/x,v1", "")]
    [InlineData("list.json", "{\"a.io/x:v1\": \"b.io/x\"}", "")]
    [InlineData("list.yaml", "a.io/x:v1: b.io/x", "MirrorValidate")]
    public async Task The_library_for_YAML_is_loaded_when_YAML_is_read_into_the_context_of_the_module(string name, string text, string context)
    {
        await File.WriteAllTextAsync(Shell.FilePath(name), text);
        ProcessOutput output = await ModuleProcess.RunAsync(
            Shell.Directory,
            $$"""
            (Import-MirrorList '{{Shell.FilePath(name)}}').Source
            [Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.FullName -like 'YamlDotNet,*' } | ForEach-Object Name
            """);
        Assert.Equal($"a.io/x {context}".Trim(), string.Join(' ', output.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task So_is_the_library_for_TOML_when_a_registry_map_is_TOML()
    {
        Shell.WriteFile("list.txt", "quay.io/x:v1");
        Shell.WriteFile("registries.conf", "[[registry]]", "location = 'quay.io'", "[[registry.mirror]]", "location = 'b.io/quay'");
        ProcessOutput output = await ModuleProcess.RunAsync(
            Shell.Directory,
            $$"""
            (Import-MirrorList '{{Shell.FilePath("list.txt")}}' -RegistryMap '{{Shell.FilePath("registries.conf")}}').Destination
            [Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.FullName -like 'Tomlyn,*' } | ForEach-Object Name
            """);
        Assert.Equal("b.io/quay/x MirrorValidate", string.Join(' ', output.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
