using System.Management.Automation;
using System.Text;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>
/// Reads text files line by line. Each line carries where it came from (<c>PSPath</c>) and its number (<c>ReadCount</c>)
/// as in pwsh, so that a command further on can name both.
/// </summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = ByPath)]
[OutputType(typeof(string))]
public sealed class GetContentCommand : PathCommand
{
    /// <summary>Writes the whole file as one string.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The number of lines to read of each file; all when negative.</summary>
    [Parameter]
    [Alias("First", "Head")]
    public long TotalCount { get; set; } = -1;

    /// <summary>Accepted as pwsh does; files are read as UTF-8, or what their byte order mark says.</summary>
    [Parameter]
    public string? Encoding { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string file in Files)
        {
            using StreamReader? reader = Open(file);
            if (reader is not null)
                WriteContent(file, reader);
        }
    }

    private StreamReader? Open(string file)
    {
        try
        {
            return new StreamReader(file, new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(exception, "GetContentReaderError", ErrorCategory.ReadError, file));
            return null;
        }
    }

    private void WriteContent(string file, StreamReader reader)
    {
        LineOrigin origin = new(SessionState, file);
        if (Raw)
        {
            WriteObject(origin.Attach(reader.ReadToEnd(), 1));
            return;
        }

        long number = 0;
        while (number != TotalCount && reader.ReadLine() is string line)
            WriteObject(origin.Attach(line, ++number));
    }

    /// <summary>The note properties that all lines of one file share.</summary>
    private sealed class LineOrigin
    {
        private readonly PSNoteProperty[] _shared;

        public LineOrigin(SessionState state, string file)
        {
            PathInfo location = state.Path.CurrentFileSystemLocation;
            string provider = location.Provider.ToString();
            _shared =
            [
                new PSNoteProperty("PSPath", $"{provider}::{file}"),
                new PSNoteProperty("PSParentPath", $"{provider}::{System.IO.Path.GetDirectoryName(file)}"),
                new PSNoteProperty("PSChildName", System.IO.Path.GetFileName(file)),
                new PSNoteProperty("PSDrive", location.Drive),
                new PSNoteProperty("PSProvider", location.Provider),
            ];
        }

        public PSObject Attach(string text, long number)
        {
            // Without this each of two equal interned strings would show the notes of the other.
            PSObject line = new(text);
            foreach (PSNoteProperty note in _shared)
                line.Properties.Add(note);
            line.Properties.Add(new PSNoteProperty("ReadCount", number));
            return line;
        }
    }
}
