using System.Globalization;

namespace MirrorValidate.Validation;

/// <summary>Joins the first of many items into a text that says how many more there are.</summary>
internal static class ShortList
{
    /// <summary>The number of items that a text names.</summary>
    private const int MaximumNamed = 10;

    /// <summary>Joins the items: <c>a, b, and 3 more</c>.</summary>
    /// <param name="separator">The text between two items.</param>
    /// <param name="items">The items.</param>
    internal static string Join(string separator, IReadOnlyCollection<string> items)
    {
        int more = items.Count - MaximumNamed;
        IEnumerable<string> named = items.Take(MaximumNamed);
        return string.Join(separator, more > 0 ? named.Append(Rest(more)) : named);
    }

    /// <summary>The text for items that are not named.</summary>
    internal static string Rest(int count) => string.Create(CultureInfo.InvariantCulture, $"and {count} more");
}
