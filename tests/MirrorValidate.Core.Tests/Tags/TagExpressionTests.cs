using System.Text.RegularExpressions;
using MirrorValidate.Tags;

namespace MirrorValidate.Core.Tests.Tags;

public sealed class TagExpressionTests
{
    [Theory]
    [InlineData(@"1\.2", "v1.2.3", true)]
    [InlineData(@"^1\.2$", "1.2", true)]
    [InlineData(@"^1\.2$", "v1.2", false)]
    [InlineData("rc", "1.0-RC1", false)]
    [InlineData("(?i)rc", "1.0-RC1", true)]
    [InlineData("^(?P<major>[0-9]+)$", "12", true)]
    [InlineData(@"^[a-z-[aeiou]]+$", "a-[]", false)]
    [InlineData(@"^[x[]+$", "x[", true)]
    [InlineData(@"^[]x]+$", "x]", true)]
    [InlineData(@"^[^]x]+$", "ab", true)]
    [InlineData(@"^[^]x]+$", "a]", false)]
    [InlineData(@"^\[a\]$", "[a]", true)]
    [InlineData(@"^[\]\[a]+$", "[a]", true)]
    [InlineData("", "anything", true)]
    public void Expressions_of_tools_are_Gos(string expression, string tag, bool matches) =>
        Assert.Equal(matches, TagExpression.ParseGo(expression).IsMatch(tag));

    // In .NET the brackets within would be of another meaning.
    [Fact]
    public void A_bracket_in_a_class_is_a_bracket() => Assert.Matches(TagExpression.ParseGo("^[a-z-[aeiou]$"), "[");

    [Theory]
    [InlineData("(")]
    [InlineData("*")]
    [InlineData("[[:digit:]]")]
    [InlineData("[[:^alpha:]x]")]
    [InlineData("a(?!b)")]
    [InlineData("(?<=a)b")]
    [InlineData(@"(a)\1")]
    [InlineData("(?>a)")]
    [InlineData(@"\Qa\E")]
    public void What_Go_does_not_know_or_means_otherwise_is_refused(string expression) => Assert.Contains(
        $"\"{expression}\" is not a regular expression",
        Assert.Throws<FormatException>(() => TagExpression.ParseGo(expression)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("RC", "1.0-rc1", true)]
    [InlineData("^(?!.*-rc)1", "1.0", true)]
    [InlineData("^(?!.*-rc)1", "1.0-rc1", false)]
    [InlineData(@"(\d)\1", "1.22", true)]
    public void Expressions_of_people_are_PowerShells(string expression, string tag, bool matches) =>
        Assert.Equal(matches, TagExpression.Parse(expression).IsMatch(tag));

    [Fact]
    public void A_wildcard_is_no_expression() =>
        Assert.Throws<FormatException>(() => TagExpression.Parse("*-rc"));

    [Fact]
    public void An_expression_that_would_take_forever_takes_a_second_or_less()
    {
        string tag = new string('a', 127) + "!";
        Assert.DoesNotMatch(TagExpression.ParseGo("^(a+)+$"), tag);
        Assert.Throws<RegexMatchTimeoutException>(() => TagExpression.Parse(@"^(?=(a+)+$)a").IsMatch(tag));
    }
}
