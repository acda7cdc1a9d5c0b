using MirrorValidate.Embedded;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>
/// Everything that goes wrong at a registry, on either side: the verdict, its reason, how often the registry was asked, and what the
/// message names.
/// </summary>
public sealed class FaultMatrixTests
{
    private static readonly Dictionary<string, FaultCase> Rows =
        new[] { NotFound.All, AnswerFaults.All, ContentFaults.All, AccessFaults.All }.SelectMany(rows => rows).ToDictionary(row => row.Name);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string name in Rows.Keys)
            {
                cases.Add(name, nameof(RegistrySide.Source));
                cases.Add(name, nameof(RegistrySide.Destination));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Fault_is_told_as_it_is(string name, string sideName)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        FaultCase row = Rows[name];
        bool isSource = side == RegistrySide.Source;
        var faulty = new EmbeddedRegistryOptions { ServerCertificate = row.Certificate?.Invoke() };
        await using Mirror mirror = await Mirror.StartAsync(isSource ? faulty : null, isSource ? null : faulty, row.Image);
        // Where a registry may redirect to: another origin, and no side of the mirror.
        await using EmbeddedRegistry other = await EmbeddedRegistry.StartAsync();
        EmbeddedRegistry registry = mirror.Of(side);
        row.Arrange(registry, other);
        using var run = new Run(row.Options, isSource ? row.Credential : null, isSource ? null : row.Credential);

        MirrorImageResult result = await run.ValidateAsync(mirror.Line);

        bool isMissing = row.Reason == ValidationReason.DestinationNotFound;
        Assert.Equal(isMissing && isSource ? nameof(ValidationStatus.Error) : row.Status.ToString(), result.Status);
        Assert.Equal(isMissing && isSource ? nameof(ValidationReason.SourceNotFound) : row.Reason.ToString(), result.Reason);
        // The other side is asked once, for its list.
        Assert.InRange(result.RequestCount, 0, row.Requests + 1);
        Assert.InRange(registry.Requests.Count + other.Requests.Count, 0, row.Requests);
        int attempts = row.Attempts ?? row.Requests;
        string[] names =
        [
            $"{(isSource ? "source" : "destination")} registry {registry.Host}: {row.Request}: ",
            $"({attempts} attempt{(attempts == 1 ? "" : "s")})",
            .. row.Says,
        ];
        Assert.All(names, words => Assert.Contains(words, result.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("ignature=", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Message, char.IsControl);
        Assert.Equal(result.Status == nameof(ValidationStatus.Error), result.Exception is not null);
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(Cases.Count, 80, int.MaxValue);

    /// <summary>Only a registry's own 404 says that something does not exist, whatever its body.</summary>
    private static class NotFound
    {
        internal static IEnumerable<FaultCase> All =>
        [
            Row("404 of an unknown manifest", () => new Fault { Status = 404 }, "404 Not Found: MANIFEST_UNKNOWN"),
            Row("404 with a page", () => new Fault { Path = Mirror.Manifest, Status = 404, Body = "<html>", ContentType = "text/html" }, "404 Not Found: an HTML page", requests: 2),
            Row("404 with nothing", () => new Fault { Path = Mirror.Manifest, Status = 404, Body = "" }, "404 Not Found (1 attempt)", requests: 2),
            Nowhere("404 with a page for everything", () => new Fault { Status = 404, Body = "<html>", ContentType = "text/html" }, "404 Not Found: an HTML page"),
            Nowhere("404 with nothing for everything", () => new Fault { Status = 404, Body = "" }, "404 Not Found"),
            Row("404 where a redirect leads to another registry", () => new Fault { Status = 404 }, "404 Not Found") with
            {
                Arrange = static (registry, other) => registry.Faults.Add(new Fault { RedirectTo = $"http://{other.Host}{{path}}" }), Requests = 2, Attempts = 1,
            },
        ];

        private static FaultCase Row(string name, Func<Fault> fault, string says, int requests = 1) => new(
            name, (registry, _) => registry.Faults.Add(fault()), ValidationStatus.Failed, ValidationReason.DestinationNotFound, requests, "manifest does not exists: ", says)
        {
            Attempts = 1,
        };

        private static FaultCase Nowhere(string name, Func<Fault> fault, string says) =>
            FaultCase.Of(name, fault, ValidationReason.NotARegistry, 2, "no registry answers at this address: http://", says) with { Attempts = 1 };
    }
}
