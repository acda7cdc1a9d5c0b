using System.Management.Automation;
using System.Text;
using MirrorValidate.Shell.StandIns.Files;

namespace MirrorValidate.Shell.StandIns.Data;

/// <summary>Reads files of comma-separated values as objects whose properties are named by the first line.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = ByPath)]
public sealed class ImportCsvCommand : PathCommand
{
    /// <summary>What separates the fields.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>The names of the properties, for files without a first line of names.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string file in Files)
        {
            using StreamReader reader = new(file, new UTF8Encoding(false));
            IReadOnlyList<string>? names = Header;
            foreach (IReadOnlyList<string> record in CsvText.Read(reader, Delimiter))
            {
                if (names is null)
                    names = record;
                else
                    WriteObject(Row(names, record));
            }
        }
    }

    private static PSObject Row(IReadOnlyList<string> names, IReadOnlyList<string> record)
    {
        PSObject row = new();
        for (int i = 0; i < names.Count; i++)
            row.Properties.Add(new PSNoteProperty(names[i], i < record.Count ? record[i] : null));
        return row;
    }
}
