using CsCheck;
using MirrorValidate.Tags;

namespace MirrorValidate.Core.Tests.Tags;

/// <summary>What ranges of versions include, each as the tool that reads it has it.</summary>
public sealed class RangeTests
{
    // The cases follow the tables and comments in Masterminds/semver, constraints.go and README.
    [Theory]
    [InlineData(">=1.2 <2", "1.2 v1.2.0 1.9.9", "1.1.9 2 2.0.0 latest 1.2.3.4 1.5-rc.1 1.27-alpine")]
    [InlineData(">=1.2, < 2", "1.2 1.9.9", "2.0.0")]
    [InlineData(">= 1.2,<2", "1.2", "2.0.0")]
    [InlineData("=>1.2 =<1.4", "1.2.0 1.4.9", "1.5.0")]
    [InlineData("1.2.3", "1.2.3 v1.2.3", "1.2.4 1.2")]
    [InlineData("=1.2.3", "1.2.3", "1.2.4")]
    [InlineData("1.2", "1.2 1.2.0 1.2.9", "1.3.0 1.1.0")]
    [InlineData("1", "1 1.9.9", "2.0.0 0.9.0")]
    [InlineData("1.2.x", "1.2.0 1.2.9", "1.3.0")]
    [InlineData("1.X", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("*", "0.0.0 9.9.9", "latest 1.0.0-rc")]
    [InlineData("!=1.2.3", "1.2.4 2.0.0", "1.2.3")]
    [InlineData("!=1.2", "1.3.0", "1.2.0 1.2.9")]
    [InlineData("!=1", "2.0.0", "1.2.0")]
    [InlineData("!=1.2.x >=1", "1.1.0 1.3.0", "1.2.5 0.9.0")]
    [InlineData(">1.2.3", "1.2.4", "1.2.3")]
    [InlineData(">1.2", "1.3.0 2.0.0", "1.2.9 1.2.0")]
    [InlineData(">11", "12.0.0", "11.1.0")]
    [InlineData("<=1.2", "1.2.9 1.1.0 0.1.0", "1.3.0")]
    [InlineData("<=1", "1.9.9", "2.0.0")]
    [InlineData("<1.2", "1.1.9", "1.2.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0")]
    [InlineData("~>1.2", "1.2.0", "1.3.0")]
    [InlineData("~1", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("~0.0.0", "0.0.0 0.1.0 3.0.0", "")]
    [InlineData("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0")]
    [InlineData("^1.2", "1.2.0 1.9.0", "2.0.0")]
    [InlineData("^1", "1.9.0", "2.0.0")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 1.0.0")]
    [InlineData("^0.2", "0.2.0", "0.3.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4")]
    [InlineData("^0.0", "0.0.9", "0.1.0")]
    [InlineData("^0", "0.9.0", "1.0.0")]
    [InlineData("1.2 - 1.4", "1.2.0 1.4.9", "1.5.0 1.1.0")]
    [InlineData("1.2 - 1.4.5", "1.2.0 1.4.5", "1.4.6")]
    [InlineData("1.x || >=3", "1.5.0 3.0.0", "2.0.0")]
    [InlineData(">=1.2.3-beta.2", "1.2.3-beta.2 1.2.3-beta.11 1.2.3 1.3.0-alpha", "1.2.3-beta.1 1.2.3-alpha")]
    [InlineData(">=1.0-0 <2", "1.0.0-rc 1.27-alpine", "2.0.0")]
    [InlineData(">=1 || >=2-0", "1.0.0 2.0.0-rc", "1.5.0-rc")]
    [InlineData("*-0", "1.0.0-rc", "latest")]
    [InlineData(">=1.0", "1.0.0 01.02.03 20240101", "99999999999999999999.0 1.0.0_1 1..0 v v1. vv1 1.0.")]
    public void As_skopeo_and_helm_read_them(string range, string included, string excluded) =>
        Check(SemVerRange.Parse(range).Includes, included, excluded);

    [Theory]
    [InlineData("", "a part of it is empty")]
    [InlineData(">=1 ||", "a part of it is empty")]
    [InlineData(">=a", "\">=a\" in \">=a\"")]
    [InlineData(">=1.2.3.4", "\">=1.2.3.4\"")]
    [InlineData(">=1 & <2", "\"&\"")]
    [InlineData("=!1", "\"=!1\"")]
    [InlineData(">=1<2", "\">=1<2\"")]
    [InlineData("1.0.0-01", "\"1.0.0-01\"")]
    public void A_text_that_skopeo_takes_for_no_range_is_refused(string range, string words) => Assert.Contains(
        words, Assert.Throws<FormatException>(() => SemVerRange.Parse(range)).Message, StringComparison.Ordinal);

    // The cases follow regclient, internal/semver, and TestFilterListVersionScheme in cmd/regsync.
    [Theory]
    [InlineData(">=1.0.0 <2.0.0", "1.0.0 1.5.0 v1.2.3-alpine3.21 v2.0.0-alpine3.21", "2.0.0 0.9.0 latest v0.9.0-alpine")]
    [InlineData(">=5.0.0", "v6-scratch v5.1-scratch", "v5-scratch v4-scratch")]
    [InlineData(">=2 <5", "v2 v3 v4", "v1 v5")]
    [InlineData(">=1.5 <2.0", "v1.5 v1.9", "v2.0 v1.4")]
    [InlineData(">1.2", "1.2.1", "1.2 1.2.0")]
    [InlineData("<=1.2", "1.2 1.1.9", "1.2.1")]
    [InlineData("1.2", "1.2 1.2.0 v1.2.0.0", "1.2.1")]
    [InlineData("^1.2.3", "1.2.3 1.9.0 2.0.0-rc", "1.2.2 2.0.0")]
    [InlineData("^0.2.3", "0.2.5", "0.3.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4")]
    [InlineData("~1.2.3", "1.2.5", "1.3.0 1.2.2")]
    [InlineData("~1", "1.0.5", "1.1.0")]
    [InlineData(">=v1.0.0", "1.5.0", "0.5.0")]
    [InlineData(">=1.0.0-rc2", "1.0.0-rc2 1.0.0-rc11 1.0.0", "1.0.0-rc1 1.0.0-beta9")]
    [InlineData(">=1.0.0-a.1", "1.0.0-a.1 1.0.0-a.2 1.0.0-a.1.x", "1.0.0-a 1.0.0-A")]
    [InlineData(">=10.0.17763.2114", "10.0.17763.2114 10.0.17763.2115 10.0.20348", "10.0.17763.2113 10.0.17763")]
    public void As_regsync_reads_them(string range, string included, string excluded) =>
        Check(RegSyncRange.Parse(range).Includes, included, excluded);

    [Theory]
    [InlineData("")]
    [InlineData(">=abc")]
    [InlineData(">= 1.0")]
    [InlineData("1.x")]
    [InlineData("1 || 2")]
    public void A_text_that_regsync_takes_for_no_range_is_refused(string range) =>
        Assert.Throws<FormatException>(() => RegSyncRange.Parse(range));

    // The cases follow blang/semver, v4/range.go.
    [Theory]
    [InlineData(">1.0.0 <2.0.0 || >3.0.0 !4.2.1", "1.2.3 1.9.9 3.1.1 2.0.0-rc", "4.2.1 2.1.1 1.0.0")]
    [InlineData(">=1.31.0 <1.31.9", "v1.31.0 1.31.8 1.31.9-glibc 1.31.5-uclibc", "1.31.9 1.31.0-glibc latest")]
    [InlineData(">= 1.2.3", "1.2.3 2 2.1 v02.01", "1.2.2 2-rc 2.1-rc 1.2.3.4")]
    [InlineData("1.2.x", "1.2.0 1.2.9", "1.3.0")]
    [InlineData("1.x", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("1.x.x", "1.9.9", "2.0.0")]
    [InlineData(">1.x", "2.0.0", "1.9.9")]
    [InlineData("<=1.2.x", "1.2.9", "1.3.0")]
    [InlineData("<1.2.x", "1.1.9", "1.2.0")]
    [InlineData(">=1.2.x", "1.2.0", "1.1.9")]
    [InlineData("==1.2.3", "1.2.3", "1.2.4")]
    public void As_dregsy_reads_them(string range, string included, string excluded) =>
        Check(DregsyRange.Parse(range).Includes, included, excluded);

    [Theory]
    [InlineData("")]
    [InlineData(">=1.2")]
    [InlineData(">=v1.2.3")]
    [InlineData("~1.2.3")]
    [InlineData("1.2.3 ||")]
    [InlineData("x")]
    [InlineData("1.2.3.x")]
    public void A_text_that_dregsy_takes_for_no_range_is_refused(string range) =>
        Assert.Throws<FormatException>(() => DregsyRange.Parse(range));

    [Fact]
    public void Versions_are_in_one_order() => Gen.Select(Versions, Versions, Versions).Sample((a, b, c) =>
    {
        Assert.Equal(0, a.CompareTo(a));
        Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
        if (a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0) Assert.True(a.CompareTo(c) <= 0);
    });

    [Fact]
    public void What_is_below_a_version_is_not_above_it() => Gen.Select(Texts, Texts).Sample((version, tag) =>
    {
        bool[] semantic = [.. new[] { "<", "=", ">" }.Select(one => DregsyRange.Parse(one + version).Includes(tag))];
        bool[] natural = [.. new[] { "<", "=", ">" }.Select(one => RegSyncRange.Parse(one + version).Includes(tag))];
        Assert.Single(semantic, true);
        Assert.Single(natural, true);
    });

    [Fact]
    public void Any_text_is_a_range_or_refused() => Gen.String[Gen.Char["0123.xX*v<>=!~^|,- +ab"], 0, 24].Sample(text =>
    {
        foreach (Func<string, Func<string, bool>> parse in (Func<string, Func<string, bool>>[])
            [one => SemVerRange.Parse(one).Includes, one => RegSyncRange.Parse(one).Includes, one => DregsyRange.Parse(one).Includes])
        {
            try
            {
                parse(text)("1.2.3-rc.1");
            }
            catch (FormatException)
            {
            }
        }
    });

    private static Gen<string> Texts => Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.OneOfConst("", "-rc", "-rc.1", "-rc.10", "-rc.2", "-1", "-alpha"),
        (major, minor, patch, end) => $"{major}.{minor}.{patch}{end}");

    private static Gen<TagVersion> Versions => Texts.Select(text => TagVersion.TryParseSemantic(text)!);

    private static void Check(Func<string, bool> includes, string included, string excluded)
    {
        Assert.All(included.Split(' ', StringSplitOptions.RemoveEmptyEntries), tag => Assert.True(includes(tag), tag));
        Assert.All(excluded.Split(' ', StringSplitOptions.RemoveEmptyEntries), tag => Assert.False(includes(tag), tag));
    }
}
