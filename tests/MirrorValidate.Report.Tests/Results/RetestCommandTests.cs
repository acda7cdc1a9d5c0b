using MirrorValidate.Reports;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Results;

/// <summary>The command that tests an entry again has the settings of its result, and nothing that PowerShell would run.</summary>
public sealed class RetestCommandTests
{
    [Theory]
    [InlineData("amd64,arm64", "-Architecture amd64,arm64")]
    [InlineData("*", "-Architecture '*'")]
    [InlineData("linux/*,windows/amd64:10.0", "-Platform 'linux/*',windows/amd64:10.0")]
    public void The_selection_becomes_the_parameter_that_takes_it(string selection, string parameter) =>
        Assert.Contains($" {parameter} ", Command(new ValidationSettings { Platform = selection }), StringComparison.Ordinal);

    [Fact]
    public void A_destination_without_project_is_not_given_one() => Assert.Contains(
        "-Destination mirror.example.com/nginx -Tag '1.27' -DefaultProject ''",
        Command(new ValidationSettings(), destination: "mirror.example.com/nginx"), StringComparison.Ordinal);

    [Fact]
    public void All_settings_are_in_it() => Assert.Equal(
        "Test-MirrorImage -Source docker.io/library/nginx -Destination mirror.example.com/library/nginx -Tag '1.27' "
        + "-Architecture amd64 -Comparison Platform -Depth Content -SourceStore './in.tar' -DestinationStore './a b' "
        + "-IncludeAttestation -IncludeReferrer -Explain | Format-List",
        Command(new ValidationSettings
        {
            Platform = "amd64",
            Comparison = "Platform",
            Depth = "Content",
            SourceStore = "./in.tar",
            DestinationStore = "./a b",
            IncludeAttestation = true,
            IncludeReferrer = true,
        }));

    [Theory]
    [InlineData("x'; Remove-Item / #", "'x''; Remove-Item / #'")]
    [InlineData("x\u2019; y", "'x\u2019\u2019; y'")]
    [InlineData("$(y)", "'$(y)'")]
    [InlineData("x\ny", "'x y'")]
    [InlineData("-Quiet", "'-Quiet'")]
    public void A_hostile_name_is_one_argument(string name, string argument) => Assert.Contains(
        $"-Destination {argument} -Tag",
        Command(new ValidationSettings(), destination: name), StringComparison.Ordinal);

    [Fact]
    public void A_line_that_cannot_be_read_has_none() =>
        Assert.Equal("", RetestCommand.Of(Samples.SampleResults.Unreadable(1, "x y z u")));

    private static string Command(ValidationSettings settings, string destination = "mirror.example.com/library/nginx") =>
        RetestCommand.Of(new MirrorImageResult
        {
            Id = 1,
            Status = "Failed",
            Reason = "SpecMismatch",
            Message = "",
            Source = "docker.io/library/nginx",
            Destination = destination,
            Tag = "1.27",
            Line = "",
            LineNumber = 1,
            Settings = settings,
        });
}
