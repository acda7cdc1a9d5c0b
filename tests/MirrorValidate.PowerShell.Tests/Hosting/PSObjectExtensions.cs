using System.Management.Automation;

namespace MirrorValidate.PowerShell.Tests.Hosting;

public static class PSObjectExtensions
{
    /// <summary>The value of a property.</summary>
    public static object? Value(this PSObject item, string property)
    {
        PSPropertyInfo? found = item.Properties[property];
        Assert.True(found is not null, $"no property {property} on {item}");
        return found.Value;
    }

    /// <summary>The value of a property as text.</summary>
    public static string Text(this PSObject item, string property) => item.Value(property)?.ToString() ?? "";
}
