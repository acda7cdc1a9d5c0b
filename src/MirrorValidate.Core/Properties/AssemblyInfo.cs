using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MirrorValidate.PowerShell")]
[assembly: InternalsVisibleTo("MirrorValidate.Core.Tests")]
[assembly: InternalsVisibleTo("MirrorValidate.RealRegistry.Tests")]
[assembly: InternalsVisibleTo("MirrorValidate.Benchmarks")]
[assembly: InternalsVisibleTo("MirrorValidate.Report.Tests")]
