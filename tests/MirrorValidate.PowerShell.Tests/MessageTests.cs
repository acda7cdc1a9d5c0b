using System.Resources;
using System.Runtime.Loader;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests;

/// <summary>Each error has something to advise, in the one file of messages.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_reason_of_an_error_has_its_advice()
    {
        var command = (System.Management.Automation.CmdletInfo)_shell.Run("Get-Command Test-MirrorImage").Only.BaseObject;
        var messages = new ResourceManager("MirrorValidate.PowerShell.SR", command.ImplementingType.Assembly);
        Type reasons = AssemblyLoadContext.GetLoadContext(command.ImplementingType.Assembly)!.Assemblies
            .Single(assembly => assembly.GetName().Name == "MirrorValidate.Core").GetType("MirrorValidate.Validation.ValidationReason", throwOnError: true)!;
        // Those of a failure come with no error record; of an unexpected response nothing is known to advise.
        string[] without =
        [
            "None", "DestinationNotFound", "DestinationNotAList", "DestinationListEmpty", "DestinationListLength", "PlatformMismatch", "DigestMismatch",
            "SpecMismatch", "DestinationManifestMissing", "BlobMissing", "BlobSizeMismatch", "BlobDigestMismatch",
            "TagDrift", "SignatureMissing", "AttestationMissing", "SbomMissing", "ReferrerMissing", "UnexpectedResponse",
        ];
        Assert.All(Enum.GetNames(reasons).Except(without), reason => Assert.NotEmpty(messages.GetString($"{reason}Advice") ?? ""));
    }
}
