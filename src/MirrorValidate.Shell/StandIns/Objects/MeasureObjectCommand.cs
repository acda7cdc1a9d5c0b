using System.Globalization;
using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>Counts objects and, when asked, calculates over a property.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
[OutputType(typeof(ObjectMeasure))]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<double> _values = [];
    private PropertySelector? _property;
    private int _count;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The property to calculate over; the objects themselves when not given.</summary>
    [Parameter(Position = 0)]
    public string? Property { get; set; }

    /// <summary>Calculates the sum.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Calculates the mean.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Finds the smallest.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Finds the largest.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    private bool Calculates => Sum || Average || Minimum || Maximum;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _property = Property is null ? null : PropertySelector.Create(Property);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        object? value = _property is null ? InputObject.BaseObject : _property.ValueOf(InputObject);
        if (value is null)
            return;
        _count++;
        if (!Calculates)
            return;
        if (LanguagePrimitives.TryConvertTo(value, CultureInfo.CurrentCulture, out double number))
            _values.Add(number);
        else
            WriteError(new ErrorRecord(
                new PSInvalidCastException($"'{value}' is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        bool any = _values.Count > 0;
        WriteObject(new ObjectMeasure(
            _count,
            Average && any ? _values.Average() : null,
            Sum && any ? _values.Sum() : null,
            Maximum && any ? _values.Max() : null,
            Minimum && any ? _values.Min() : null,
            Property));
    }
}
