using System.Management.Automation;
using MirrorValidate.Shell.StandIns.Files;

namespace MirrorValidate.Shell.StandIns.Data;

/// <summary>Writes the properties of objects as comma-separated values; the first object names the columns.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
public sealed class ExportCsvCommand : PSCmdlet, IDisposable
{
    private StreamWriter? _writer;
    private string[]? _columns;

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>What separates the fields.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Accepted as pwsh does, which has long left the type line out.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _writer = FilePaths.OpenWriter(this, Path, append: false);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (_columns is null)
        {
            _columns = [.. InputObject.Properties.Where(property => property.IsGettable).Select(property => property.Name)];
            _writer!.WriteLine(CsvText.Line(_columns, Delimiter));
        }

        _writer!.WriteLine(CsvText.Line(_columns.Select(column => Text(InputObject.Properties[column]?.Value)), Delimiter));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }

    // As pwsh: a list is its type's name, unless the list says something of its own.
    private static string? Text(object? value) => value is null ? null : (value is PSObject wrapped ? wrapped.BaseObject : value).ToString();
}
