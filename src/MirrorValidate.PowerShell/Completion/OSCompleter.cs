namespace MirrorValidate.PowerShell.Completion;

/// <summary>Completes the operating systems that container images are published for.</summary>
public sealed class OSCompleter() : NameCompleter("linux", "windows", "freebsd");
