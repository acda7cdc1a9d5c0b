namespace MirrorValidate.PowerShell.Completion;

/// <summary>Completes the architectures that container images are published for.</summary>
public sealed class ArchitectureCompleter()
    : NameCompleter("amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "loong64", "mips64le");
