using k8s.Models;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Kubernetes.Tests;

/// <summary>Runs what the pods of a Job run, as processes with the same command and environment.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mirrorvalidate-").FullName;

    private Cluster()
    {
    }

    /// <summary>The folder of the results.</summary>
    internal string Results => At("/results/mirror-check");

    /// <summary>Mounts the ConfigMap, with another list.</summary>
    /// <param name="list">The lines of the list.</param>
    internal static async Task<Cluster> StartAsync(IEnumerable<string> list)
    {
        var cluster = new Cluster();
        Directory.CreateDirectory(cluster.At("/mirror-check"));
        foreach ((string name, string text) in Manifests.ConfigMap.Data)
            await File.WriteAllTextAsync(cluster.At($"/mirror-check/{name}"), text);
        await File.WriteAllLinesAsync(cluster.At("/mirror-check/images.txt"), list);
        return cluster;
    }

    /// <summary>Runs a pod to its end.</summary>
    /// <param name="job">Its Job.</param>
    /// <param name="environment">What differs from the Job's environment.</param>
    internal async Task<ProcessOutput> RunAsync(V1Job job, params (string Name, string Value)[] environment)
    {
        V1Container container = Manifests.Container(job);
        // The home folder and the temporary one are the test's.
        Dictionary<string, string> variables = container.Env
            .Where(variable => variable.Name != "HOME")
            .ToDictionary(variable => variable.Name, variable => Place(variable.Value));
        variables["HOME"] = _directory;
        variables["PSModulePath"] = Path.GetDirectoryName(Path.GetDirectoryName(BuildValues.ModuleManifest))!;
        foreach ((string name, string value) in environment) variables[name] = value;
        await using DotNetProcess process = DotNetProcess.Start(
            BuildValues.Pwsh, [.. container.Command.Skip(1).Select(Place)], variables, _directory);
        return await process.EndInputAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Place(string value) => value.StartsWith('/') ? At(value) : value;

    private string At(string path) => _directory + path;
}
