using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>Counts and collects objects that have the same values.</summary>
[Cmdlet(VerbsData.Group, "Object")]
[OutputType(typeof(ObjectGroup))]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly SortedDictionary<string, List<PSObject>> _groups = new(StringComparer.CurrentCultureIgnoreCase);
    private PropertySelector[] _properties = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to group by; the objects themselves when not given.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>Counts only.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _properties = [.. Property.Select(PropertySelector.Create)];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        string name = _properties.Length == 0
            ? InputObject.ToString()
            : string.Join(", ", _properties.Select(property => property.ValueOf(InputObject)?.ToString() ?? ""));
        if (!_groups.TryGetValue(name, out List<PSObject>? group))
            _groups.Add(name, group = []);
        group.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach ((string name, List<PSObject> group) in _groups)
        {
            if (!NoElement)
            {
                WriteObject(new ObjectGroup(group.Count, name, group));
                continue;
            }

            PSObject count = new();
            count.Properties.Add(new PSNoteProperty(nameof(ObjectGroup.Count), group.Count));
            count.Properties.Add(new PSNoteProperty(nameof(ObjectGroup.Name), name));
            WriteObject(count);
        }
    }
}
