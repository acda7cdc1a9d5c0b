namespace MirrorValidate.Embedded;

/// <summary>
/// Patterns in which <c>*</c> matches any characters, including slashes. All other characters match themselves.
/// </summary>
internal static class Glob
{
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return text.SequenceEqual(pattern);
        }

        if (!text.StartsWith(pattern[..star]))
        {
            return false;
        }

        text = text[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            // The first match is sufficient, since it leaves the most text for the rest of the pattern.
            var found = text.IndexOf(pattern[..star]);
            if (found < 0)
            {
                return false;
            }

            text = text[(found + star)..];
            pattern = pattern[(star + 1)..];
        }

        return text.EndsWith(pattern);
    }
}
