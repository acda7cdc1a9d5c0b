using k8s;
using k8s.Models;

namespace MirrorValidate.Kubernetes.Tests;

/// <summary>The files fit the API's models, and one another.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Jobs => ["mirror-check", "mirror-check-report"];

    [Fact]
    public void A_cluster_gets_what_it_knows_and_no_field_that_it_does_not()
    {
        Assert.Equal(
            ["V1ConfigMap", "V1Job", "V1Job", "V1PersistentVolumeClaim", "V1Secret"],
            Manifests.All.Select(one => one.GetType().Name).Order());
        foreach (string file in Manifests.Files)
        {
            string yaml = File.ReadAllText(file).Replace("restartPolicy:", "restartPolity:", StringComparison.Ordinal);
            Assert.ThrowsAny<Exception>(() => Manifests.Read(yaml));
        }
    }

    [Fact]
    public void The_job_has_as_many_indexes_as_the_list_has_shards()
    {
        V1JobSpec job = Manifests.Check.Spec;
        Assert.Equal("Indexed", job.CompletionMode);
        Assert.Equal(Value(Manifests.Check, "SHARD_COUNT"), $"{job.Completions}");
        Assert.InRange(job.Parallelism!.Value, 1, job.Completions!.Value);
        // podFailurePolicy demands it.
        Assert.Equal("Never", job.Template.Spec.RestartPolicy);
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public void A_job_mounts_what_is_there(string name)
    {
        V1Job job = Job(name);
        string[] names =
        [
            .. Manifests.All.Cast<IKubernetesObject<V1ObjectMeta>>().Select(one => $"{one.Kind} {one.Metadata.Name}"),
        ];
        V1PodSpec pod = job.Spec.Template.Spec;
        Assert.Equal(
            pod.Volumes.Select(volume => volume.Name).Order(),
            pod.Containers.Single().VolumeMounts.Select(mount => mount.Name).Order());
        foreach (V1Volume volume in pod.Volumes)
        {
            if (volume.ConfigMap is { } map) Assert.Contains($"ConfigMap {map.Name}", names);
            if (volume.Secret is { } secret) Assert.Contains($"Secret {secret.SecretName}", names);
            if (volume.PersistentVolumeClaim is { } claim)
                Assert.Contains($"PersistentVolumeClaim {claim.ClaimName}", names);
        }

        Assert.Contains(Manifests.Container(job).Command[^1], ConfiguredFiles(job));
        Assert.StartsWith(Mount(job, "results") + "/", Value(job, "RESULT_FOLDER"), StringComparison.Ordinal);
        Assert.Equal(Value(Manifests.Check, "RESULT_FOLDER"), Value(Manifests.Report, "RESULT_FOLDER"));
    }

    [Fact]
    public void The_check_finds_the_list_and_the_logins()
    {
        Assert.Contains(Value(Manifests.Check, "LIST_PATH"), ConfiguredFiles(Manifests.Check));
        Assert.Equal(Mount(Manifests.Check, "registries"), Value(Manifests.Check, "DOCKER_CONFIG"));
        V1KeyToPath login = Manifests.Check.Spec.Template.Spec.Volumes
            .Single(volume => volume.Secret is not null).Secret.Items.Single();
        Assert.Equal("config.json", login.Path);
        Assert.Contains(login.Key, Manifests.Secret.StringData.Keys);
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public void A_pod_may_do_no_more_than_it_needs(string name)
    {
        V1PodSpec pod = Job(name).Spec.Template.Spec;
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        V1SecurityContext container = pod.Containers.Single().SecurityContext;
        Assert.True(container.ReadOnlyRootFilesystem);
        Assert.False(container.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.Capabilities.Drop);
        // What must be written has a volume.
        Assert.Equal(Value(Job(name), "HOME"), Mount(Job(name), "temporary"));
    }

    private static V1Job Job(string name) => name == "mirror-check" ? Manifests.Check : Manifests.Report;

    private static IEnumerable<string> ConfiguredFiles(V1Job job) =>
        Manifests.ConfigMap.Data.Keys.Select(name => $"{Mount(job, "check")}/{name}");

    private static string Value(V1Job job, string name) =>
        Manifests.Container(job).Env.Single(variable => variable.Name == name).Value;

    private static string Mount(V1Job job, string volume) =>
        Manifests.Container(job).VolumeMounts.Single(mount => mount.Name == volume).MountPath;
}
