namespace MirrorValidate.PowerShell.Completion;

/// <summary>Completes the platforms that container images are published for.</summary>
public sealed class PlatformCompleter() : NameCompleter(
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/arm/v6",
    "linux/386",
    "linux/ppc64le",
    "linux/s390x",
    "linux/riscv64",
    "windows/amd64",
    "linux/*",
    "windows/*");
