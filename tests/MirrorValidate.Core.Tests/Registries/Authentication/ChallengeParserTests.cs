using CsCheck;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>RFC 7235, section 4.1 and appendix C, and RFC 6750, section 3, as registries write them.</summary>
public sealed class ChallengeParserTests
{
    [Theory]
    [InlineData("Bearer realm=\"https://a/token\",service=\"s\",scope=\"repository:a/b:pull,push\"", "bearer|realm=https://a/token|service=s|scope=repository:a/b:pull,push")]
    [InlineData("bearer REALM=\"https://a/token\"", "bearer|realm=https://a/token")]
    [InlineData("Bearer realm = \"x\" , service = y", "bearer|realm=x|service=y")]
    [InlineData("Bearer realm=https://a/token?x=1,service=s", "bearer|realm=https://a/token?x=1|service=s")]
    [InlineData("Basic realm=\"a \\\"quoted\\\" \\\\ realm\"", "basic|realm=a \"quoted\" \\ realm")]
    [InlineData("Basic", "basic")]
    [InlineData("Negotiate", "negotiate")]
    [InlineData("Negotiate, Basic realm=\"x\"", "negotiate;basic|realm=x")]
    [InlineData("Basic realm=\"x\", Bearer realm=\"y\", service=\"z\"", "basic|realm=x;bearer|realm=y|service=z")]
    [InlineData("Negotiate dGVzdA==, Bearer realm=\"y\"", "negotiate;bearer|realm=y")]
    [InlineData("Negotiate dGVzdA==", "negotiate")]
    [InlineData("Negotiate dGVzdA== \t, Basic realm=\"x\"", "negotiate;basic|realm=x")]
    [InlineData("Negotiate a-._~+/9==, Basic realm=\"x\"", "negotiate;basic|realm=x")]
    [InlineData("Bearer\trealm\t=\t\"x\"\t,\tservice=y\t,scope=z", "bearer|realm=x|service=y|scope=z")]
    [InlineData("!#$%&'*+-.^_`|~9 !#$%&'*+-.^_`|~9=x", "!#$%&'*+-.^_`|~9|!#$%&'*+-.^_`|~9=x")]
    [InlineData("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"", "newauth|realm=apps|type=1|title=Login to \"apps\";basic|realm=simple")]
    [InlineData("Bearer realm=\"x\",realm=\"y\"", "bearer|realm=x")]
    [InlineData(",, Bearer ,realm=\"x\",,service=\"y\",", "bearer|realm=x|service=y")]
    [InlineData("Bearer realm=\"x", "bearer|realm=x")]
    [InlineData("Bearer realm=\"x\\", "bearer|realm=x\\")]
    [InlineData("Bearer realm=\"x\",error=\"invalid_token\",error_description=\"The, token\"", "bearer|realm=x|error=invalid_token|error_description=The, token")]
    [InlineData("Bearer realm=\"\"", "bearer|realm=")]
    [InlineData("Bearer realm", "bearer")]
    [InlineData("\"Basic realm=\", Bearer realm=\"x\"", "bearer|realm=x")]
    [InlineData("=,\"", "")]
    [InlineData("", "")]
    public void Reads_what_registries_write(string header, string expected) =>
        Assert.Equal(expected, Text(ChallengeParser.Parse([header])));

    [Fact]
    public void Several_headers_are_one_list() =>
        Assert.Equal("basic|realm=x;bearer|realm=y", Text(ChallengeParser.Parse(["Basic realm=\"x\"", "Bearer realm=\"y\""])));

    [Fact]
    public void Any_text_is_read_without_an_end_or_an_error() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["BearerBasic realm=\",\\ \t=/:~"], 0, 60]).Sample(text =>
            Assert.All(ChallengeParser.Parse([text]), challenge => Assert.NotEqual("", challenge.Scheme)));

    [Fact]
    public void What_was_quoted_comes_back() =>
        Gen.Dictionary(Gen.String[Gen.Char["abcXYZ-_"], 1, 8].Select(name => name.ToLowerInvariant()), Gen.String[Gen.Char[' ', '~'], 0, 30])[0, 5].Sample(parameters =>
        {
            string header = "Bearer " + string.Join(", ", parameters.Select(one => $"{one.Key}=\"{one.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
            Assert.Equal(parameters.OrderBy(one => one.Key), Assert.Single(ChallengeParser.Parse([header])).Parameters.OrderBy(one => one.Key));
        });

    private static string Text(List<Challenge> challenges) =>
        string.Join(';', challenges.Select(one => string.Join('|', [one.Scheme, .. one.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}")])));
}
