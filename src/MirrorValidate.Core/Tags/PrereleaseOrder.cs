namespace MirrorValidate.Tags;

/// <summary>The orders of prereleases, such as <c>rc.1</c>.</summary>
internal static class PrereleaseOrder
{
    /// <summary>
    /// By parts between dots: numbers by value and before words, words by their characters, fewer parts first
    /// (semver.org, section 11.4).
    /// </summary>
    internal static int Semantic(string one, string other)
    {
        string[] ones = one.Split('.');
        string[] others = other.Split('.');
        for (int index = 0; index < Math.Min(ones.Length, others.Length); index++)
        {
            bool isNumber = IsNumber(ones[index]);
            int order = isNumber != IsNumber(others[index])
                ? isNumber ? -1 : 1
                : isNumber
                    ? CompareNumbers(ones[index], others[index])
                    : string.CompareOrdinal(ones[index], others[index]);
            if (order != 0) return order;
        }

        return ones.Length.CompareTo(others.Length);
    }

    /// <summary>
    /// As people read it: numbers within words count by value, so that <c>rc11</c> follows <c>rc2</c>. regsync's order
    /// (regclient, internal/semver).
    /// </summary>
    internal static int Natural(string one, string other)
    {
        int left = 0;
        int right = 0;
        while (left < one.Length && right < other.Length)
        {
            bool areNumbers = char.IsAsciiDigit(one[left]) && char.IsAsciiDigit(other[right]);
            int order = areNumbers
                ? CompareNumbers(TakeNumber(one, ref left), TakeNumber(other, ref right))
                : Rank(one[left++]).CompareTo(Rank(other[right++]));
            if (order != 0) return order;
        }

        return (one.Length - left).CompareTo(other.Length - right);
    }

    // A part that ends comes before one that goes on.
    private static char Rank(char letter) => letter == '.' ? '\0' : letter;

    private static bool IsNumber(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);

    private static string TakeNumber(string text, ref int index)
    {
        int start = index;
        while (index < text.Length && char.IsAsciiDigit(text[index])) index++;
        return text[start..index];
    }

    // Numbers of any length.
    private static int CompareNumbers(string one, string other)
    {
        string left = one.TrimStart('0');
        string right = other.TrimStart('0');
        return left.Length != right.Length
            ? left.Length.CompareTo(right.Length)
            : string.CompareOrdinal(left, right);
    }
}
