using k8s;
using k8s.Models;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Kubernetes.Tests;

/// <summary>What docs/runbooks/kubernetes gives to a cluster.</summary>
internal static class Manifests
{
    private static readonly string _folder =
        Path.Combine(BuildValues.RepositoryRoot, "docs", "runbooks", "kubernetes");

    /// <summary>The files.</summary>
    internal static IEnumerable<string> Files => Directory.EnumerateFiles(_folder, "*.yaml");

    /// <summary>Every object in them.</summary>
    internal static IReadOnlyList<object> All { get; } = [.. Files.SelectMany(file => Read(File.ReadAllText(file)))];

    internal static V1ConfigMap ConfigMap => All.OfType<V1ConfigMap>().Single();

    internal static V1Secret Secret => All.OfType<V1Secret>().Single();

    internal static V1Job Check => Job("mirror-check");

    internal static V1Job Report => Job("mirror-check-report");

    /// <summary>Reads the objects of a file. A field that the API does not have is an error.</summary>
    internal static IReadOnlyList<object> Read(string yaml) =>
        KubernetesYaml.LoadAllFromString(yaml, typeMap: null, strict: true);

    internal static V1Container Container(V1Job job) => job.Spec.Template.Spec.Containers.Single();

    private static V1Job Job(string name) => All.OfType<V1Job>().Single(job => job.Metadata.Name == name);
}
