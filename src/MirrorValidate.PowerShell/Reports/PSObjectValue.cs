using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MirrorValidate.Reports.Results;

namespace MirrorValidate.PowerShell.Reports;

/// <summary>
/// A value of a result that came back from a file, a job or another machine. Its type is no longer that of the module,
/// so that its properties are read by name.
/// </summary>
/// <param name="item">The object.</param>
internal sealed class PSObjectValue(PSObject item) : IResultValue
{
    public string Text => item.BaseObject switch
    {
        string text => text,
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(format: null, CultureInfo.InvariantCulture),
        // What Export-Clixml keeps of an object's ToString.
        _ => item.ToString() ?? "",
    };

    public IEnumerable<IResultValue> Items => item.BaseObject is not string
        && LanguagePrimitives.GetEnumerable(item) is { } items
            ? items.Cast<object?>().Select(Of).OfType<IResultValue>()
            : [this];

    public IResultValue? Member(string name) => item.BaseObject switch
    {
        // A string has a Length, and a date a Ticks, that no result has written.
        string or DateTime or TimeSpan => null,
        IDictionary dictionary => Of(KeyOf(dictionary, name) is { } key ? dictionary[key] : null),
        _ => Of(item.Properties[name]?.Value),
    };

    /// <summary>The value of a property; <see langword="null"/> for nothing.</summary>
    internal static IResultValue? Of(object? value) =>
        value is null or PSObject { BaseObject: null } ? null : new PSObjectValue(PSObject.AsPSObject(value));

    private static object? KeyOf(IDictionary dictionary, string name) => dictionary.Keys.Cast<object>()
        .FirstOrDefault(key => name.Equals(key as string, StringComparison.OrdinalIgnoreCase));
}
