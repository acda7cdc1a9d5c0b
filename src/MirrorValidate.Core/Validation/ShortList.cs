using System.Globalization;

namespace MirrorValidate.Validation;

/// <summary>Names the first of many things in a text, and says how many more there are.</summary>
internal static class ShortList
{
    /// <summary>How many are named in a sentence.</summary>
    private const int MaximumNamed = 10;

    /// <summary>The things in one text: <c>a, b, and 3 more</c>.</summary>
    /// <param name="separator">What stands between them.</param>
    /// <param name="things">The things.</param>
    internal static string Join(string separator, IReadOnlyCollection<string> things)
    {
        int more = things.Count - MaximumNamed;
        IEnumerable<string> named = things.Take(MaximumNamed);
        return string.Join(separator, more > 0 ? named.Append(Rest(more)) : named);
    }

    /// <summary>What stands for those that are not named.</summary>
    internal static string Rest(int count) => string.Create(CultureInfo.InvariantCulture, $"and {count} more");
}
