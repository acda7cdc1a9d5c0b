using System.Diagnostics;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>A key pair that a test makes.</summary>
/// <param name="PrivateFile">The file of the private key.</param>
internal sealed record SshKey(string PrivateFile)
{
    /// <summary>The file of the public key.</summary>
    internal string PublicFile => PrivateFile + ".pub";

    /// <summary>The public key, its type and its value, as known_hosts has it.</summary>
    internal string Public => string.Join(' ', File.ReadAllText(PublicFile).Split(' ')[..2]);

    internal static async Task<SshKey> CreateAsync(string file)
    {
        using var keygen = Process.Start(RealBinaries.SshKeygen, ["-q", "-t", "ed25519", "-N", "", "-f", file]);
        await keygen.WaitForExitAsync();
        Assert.Equal(0, keygen.ExitCode);
        return new SshKey(file);
    }
}
