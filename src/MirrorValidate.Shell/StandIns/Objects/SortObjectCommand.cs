using System.Globalization;
using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>Sorts objects; equal ones keep their order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to sort by: names, script blocks, tables of Expression and Descending; the objects themselves when not given.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>Largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Of equal objects only the first.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _objects.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PropertySelector[] properties = [.. Property.Select(PropertySelector.Create)];
        SortKey[] sorted = [.. _objects.Select(input => new SortKey(input, KeysOf(input, properties)))];
        Comparer<SortKey> comparer = Comparer<SortKey>.Create((left, right) => Compare(left, right, properties));
        SortKey? previous = null;
        foreach (SortKey current in sorted.Order(comparer))
        {
            if (!Unique || previous is null || comparer.Compare(previous, current) != 0)
                WriteObject(current.Input);
            previous = current;
        }
    }

    private static object?[] KeysOf(PSObject input, PropertySelector[] properties) =>
        properties.Length == 0 ? [input.BaseObject] : [.. properties.Select(property => property.ValueOf(input))];

    private int Compare(SortKey left, SortKey right, PropertySelector[] properties)
    {
        for (int i = 0; i < left.Keys.Length; i++)
        {
            int order = CompareKeys(left.Keys[i], right.Keys[i]);
            bool down = (i < properties.Length ? properties[i].Descending : null) ?? Descending;
            if (order != 0)
                return down ? -order : order;
        }

        return 0;
    }

    private static int CompareKeys(object? left, object? right) =>
        LanguagePrimitives.TryCompare(left, right, ignoreCase: true, CultureInfo.CurrentCulture, out int order)
            ? order
            : string.Compare(left?.ToString(), right?.ToString(), StringComparison.CurrentCultureIgnoreCase);

    private sealed record SortKey(PSObject Input, object?[] Keys);
}
