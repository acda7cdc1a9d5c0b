using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>Picks objects by position, and properties by name.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private PropertySelector[] _properties = [];
    private PropertySelector? _expanded;
    private long _read;
    private long _written;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The properties to keep: names, wildcards, calculated properties.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>The property whose value is written instead of the object; the elements of a list one by one.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>How many to take from the start. What comes before in the pipeline is stopped when they are there.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many to take from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>How many to leave out at the start.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>Leaves out what was written before, by its properties or its text.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _properties = [.. Property.Select(PropertySelector.Create)];
        _expanded = ExpandProperty is null ? null : PropertySelector.Create(ExpandProperty);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || ++_read <= Skip)
            return;
        if (Last is int last && First is null)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > last)
                _last.Dequeue();
            return;
        }

        if (First is not int first)
        {
            Emit(InputObject);
            return;
        }

        if (_written < first)
            Emit(InputObject);
        if (_written >= first)
            throw EngineInternals.StopUpstream(this);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (PSObject input in _last)
            Emit(input);
    }

    private void Emit(PSObject input)
    {
        PSObject output = _properties.Length == 0 ? input : Project(input);
        if (Unique && !_seen.Add(Identity(output)))
            return;
        _written++;
        if (_expanded is null)
            WriteObject(output);
        else
            WriteObject(_expanded.ValueOf(input), enumerateCollection: true);
    }

    private PSObject Project(PSObject input)
    {
        PSObject output = new();
        // Keeps the views of the original from being used for what is left of it.
        output.TypeNames.Insert(0, "Selected." + input.BaseObject.GetType().FullName);
        foreach ((string name, object? value) in _properties.SelectMany(property => property.Select(input)))
        {
            if (output.Properties[name] is null)
                output.Properties.Add(new PSNoteProperty(name, value));
        }

        return output;
    }

    private string Identity(PSObject output) => _properties.Length == 0
        ? output.ToString()
        : string.Join('\0', output.Properties.Select(property => $"{property.Name}={property.Value}"));
}
