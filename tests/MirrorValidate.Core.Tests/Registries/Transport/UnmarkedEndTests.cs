using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries.Transport;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>Answers without a length, whose end is the end of the connection.</summary>
public sealed class UnmarkedEndTests
{
    private static readonly BuiltManifest Image = SampleImages.DockerList("app");

    [Theory]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData("{", true)]
    [InlineData("{\"a\":[1,2]", true)]
    [InlineData("{\"a\":\"te", true)]
    [InlineData("{\"a\"", true)]
    [InlineData("[", true)]
    [InlineData("{}", false)]
    [InlineData("{\"a\":[1,2]}\n", false)]
    [InlineData("[]", false)]
    [InlineData("{}}", false)]
    [InlineData("<html>", false)]
    [InlineData("{\"a\":}", false)]
    public void The_start_of_a_JSON_text_is_told_from_a_whole_one(string text, bool isCutOff) =>
        Assert.Equal(isCutOff, UnmarkedEnd.IsCutOff(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    public async Task A_manifest_that_breaks_off_is_asked_for_again(int sent)
    {
        int asked = 0;
        await using RawServer registry = Start(() => Interlocked.Increment(ref asked) == 1 ? sent : Image.Size);
        await using Mirror mirror = await Mirror.StartAsync();
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {registry.Host}/team/app 1");

        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task One_that_always_breaks_off_is_no_malformed_one()
    {
        await using RawServer registry = Start(() => 200);
        await using Mirror mirror = await Mirror.StartAsync();
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {registry.Host}/team/app 1");

        Assert.Equal(nameof(ValidationReason.RegistryUnavailable), result.Reason);
        Assert.Contains("the connection was closed before the answer was complete (3 attempts)", result.Message, StringComparison.Ordinal);
    }

    private static RawServer Start(Func<int> sent) => new(head =>
        head[0] == '\x16' ? "HTTP/1.0 400 Bad Request\r\n\r\n"
        : head.StartsWith("HEAD", StringComparison.Ordinal) ? $"HTTP/1.1 200 OK\r\nContent-Type: {Image.Children[0].MediaType}\r\nConnection: close\r\n\r\n"
        : $"HTTP/1.1 200 OK\r\nContent-Type: {Image.MediaType}\r\nConnection: close\r\n\r\n{Encoding.Latin1.GetString(Image.Content.Span[..sent()])}");
}
