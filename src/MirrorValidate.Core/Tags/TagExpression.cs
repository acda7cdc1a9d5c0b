using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.Tags;

/// <summary>Regular expressions that select tags. Whoever wrote them, matching a tag takes bounded time.</summary>
internal static partial class TagExpression
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// An expression as PowerShell's <c>-match</c> reads it: anywhere in the tag, whatever the case.
    /// </summary>
    /// <exception cref="FormatException">It is no regular expression.</exception>
    internal static Regex Parse(string text)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
        try
        {
            return new Regex(text, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Lookarounds and backreferences need backtracking.
            return new Regex(text, Options, MatchTimeout);
        }
        catch (ArgumentException e)
        {
            throw Invalid(text, e);
        }
    }

    /// <summary>An expression as Go's regexp package reads it, which has no lookarounds.</summary>
    /// <exception cref="FormatException">It is no expression that is known to mean the same here.</exception>
    internal static Regex ParseGo(string text)
    {
        try
        {
            return new Regex(FromGo(text), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Invalid(text, e);
        }
    }

    // The two languages differ in the name of a group, and in brackets within a class: a class of POSIX in Go, a class
    // to subtract in .NET.
    private static string FromGo(string text) => GoParts().Replace(text, static part => part.Value switch
    {
        "(?P<" => "(?<",
        ['[', .. string inner] => "[" + Brackets().Replace(inner, static one => one.Value switch
        {
            "[" => @"\[",
            "[:" => throw new NotSupportedException("classes like [:digit:] are not supported"),
            _ => one.Value,
        }),
        _ => part.Value,
    });

    private static FormatException Invalid(string text, Exception e) =>
        new($"\"{Printable.Of(text)}\" is not a regular expression: {Printable.Of(e.Message)}", e);

    [GeneratedRegex(@"\\.|\(\?P<|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", RegexOptions.Singleline)]
    private static partial Regex GoParts();

    [GeneratedRegex(@"\\.|\[:?", RegexOptions.Singleline)]
    private static partial Regex Brackets();
}
