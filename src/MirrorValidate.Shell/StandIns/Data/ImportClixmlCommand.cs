using System.Management.Automation;
using MirrorValidate.Shell.StandIns.Files;

namespace MirrorValidate.Shell.StandIns.Data;

/// <summary>Reads back the objects of a file that <c>Export-Clixml</c> wrote.</summary>
[Cmdlet(VerbsData.Import, "Clixml", DefaultParameterSetName = ByPath)]
public sealed class ImportClixmlCommand : PathCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string file in Files)
        {
            foreach (object item in PSSerializer.DeserializeAsList(File.ReadAllText(file)))
                WriteObject(item, enumerateCollection: true);
        }
    }
}
