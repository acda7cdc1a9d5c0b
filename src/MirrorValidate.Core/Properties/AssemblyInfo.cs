using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MirrorValidate.PowerShell")]
