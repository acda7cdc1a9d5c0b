using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>Writes values to a text file, one a line, as UTF-8.</summary>
[Cmdlet(VerbsCommon.Set, "Content")]
public sealed class SetContentCommand : PSCmdlet, IDisposable
{
    private StreamWriter? _writer;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>What to write.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    /// <summary>Writes no line ends.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Accepted as pwsh does; the text is UTF-8 without a byte order mark.</summary>
    [Parameter]
    public string? Encoding { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _writer = FilePaths.OpenWriter(this, Path, append: false);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? value in Value ?? [])
        {
            _writer!.Write(LanguagePrimitives.ConvertTo<string>(value));
            if (!NoNewline)
                _writer.WriteLine();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
