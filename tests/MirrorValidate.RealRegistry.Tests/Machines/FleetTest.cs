using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>
/// A test of the runbook for several machines, over SSH. There are two destination registries, of which only the first
/// has the images. A machine's environment says which it asks, so that a result tells which machine it is from, and so
/// that a test holds one machine up and not the other.
/// </summary>
public abstract class FleetTest : IAsyncLifetime
{
    /// <summary>The number of images in the list.</summary>
    internal const int Images = 20;

    internal EmbeddedRegistry Source { get; private set; } = null!;

    internal EmbeddedRegistry First { get; private set; } = null!;

    internal EmbeddedRegistry Second { get; private set; } = null!;

    /// <summary>The lines of the list, which name registries that the machines replace.</summary>
    internal static string[] List { get; } =
    [
        .. Enumerable.Range(1, Images)
            .Select(number => $"source.test/library/app{number} mirror.test/mirror/app{number} v1"),
    ];

    public async Task InitializeAsync()
    {
        Source = await EmbeddedRegistry.StartAsync();
        First = await EmbeddedRegistry.StartAsync();
        Second = await EmbeddedRegistry.StartAsync();
        for (int number = 1; number <= Images; number++)
        {
            BuiltManifest image = SampleImages.OciIndex($"{number}");
            image.PutInto(Source.Store, $"library/app{number}", "v1");
            image.PutInto(First.Store, $"mirror/app{number}", "v1");
        }
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    /// <summary>Starts machines.</summary>
    /// <param name="destinations">The registry that each asks.</param>
    internal Task<Fleet> StartAsync(params EmbeddedRegistry[] destinations) =>
        Fleet.StartAsync([.. destinations.Select(VariablesFor)]);

    /// <summary>The environment that replaces the registries of the list.</summary>
    internal Dictionary<string, string> VariablesFor(EmbeddedRegistry destination) => new()
    {
        ["SOURCE_REGISTRY"] = Source.Host,
        ["DEST_REGISTRY"] = destination.Host,
    };

    /// <summary>Answers what is asked of the first image, and nothing of the others.</summary>
    /// <returns>Ends when another image is asked for.</returns>
    internal static Task HoldAfterOneImage(EmbeddedRegistry registry)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string? first = null;
        registry.Faults.Add(new Fault
        {
            HangForever = true,
            Path = "/v2/mirror/*",
            Predicate = context =>
            {
                string image = context.Request.Path.Value!.Split('/')[3];
                if ((Interlocked.CompareExchange(ref first, image, null) ?? image) == image) return false;
                held.TrySetResult();
                return true;
            },
        });
        return held.Task;
    }

    /// <summary>Checks that a machine is named as one that cannot be used, with the reason.</summary>
    internal static void AssertUnusable(ProcessOutput output, string machine, string reason) =>
        Assert.Contains(output.Lines, line =>
            line.StartsWith($"WARNING: {machine} cannot be used: ", StringComparison.Ordinal)
            && line.Contains(reason, StringComparison.Ordinal));

    /// <summary>Checks what the last line counts.</summary>
    internal static void AssertCounts(ProcessOutput output, int passed = 0, int failed = 0, int left = 0) =>
        Assert.Equal(
            $"{passed} passed, {failed} failed, 0 not compared, {left} not validated", output.Lines[^1]);
}
