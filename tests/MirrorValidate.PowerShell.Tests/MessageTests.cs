using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests;

/// <summary>Each reason of an error has what its error record needs, in the one table of reasons.</summary>
public sealed class MessageTests : IDisposable
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_reason_of_an_error_has_its_category_and_its_advice()
    {
        // Those of a failure come with no error record.
        string[] without =
        [
            "None", "DestinationNotFound", "DestinationNotAList", "DestinationListEmpty", "DestinationListLength", "PlatformMismatch", "DigestMismatch",
            "SpecMismatch", "DestinationManifestMissing", "DescriptorMismatch", "BlobMissing", "BlobSizeMismatch", "BlobDigestMismatch",
            "TagDrift", "SignatureMissing", "AttestationMissing", "SbomMissing", "ReferrerMissing",
        ];
        Assembly core = Core();
        string[] reasons = Enum.GetNames(core.GetType("MirrorValidate.Validation.ValidationReason", throwOnError: true)!);
        object[] table =
        [
            .. ((IEnumerable)core.GetType("MirrorValidate.Validation.Findings.ReasonTable", throwOnError: true)!
                .GetProperty("All", Any)!.GetValue(null)!).Cast<object>(),
        ];
        Assert.All(reasons.Except(without), reason =>
        {
            object info = table.Single(one => Value(one, "Reason") == reason);
            Assert.NotEmpty(Value(info, "Advice"));
            Assert.True(Enum.TryParse(Value(info, "Category"), out ErrorCategory category), reason);
            Assert.NotEqual(ErrorCategory.NotSpecified, category);
        });
    }

    private Assembly Core()
    {
        var command = (CmdletInfo)_shell.Run("Get-Command Test-MirrorImage").Only.BaseObject;
        return AssemblyLoadContext.GetLoadContext(command.ImplementingType.Assembly)!.Assemblies
            .Single(assembly => assembly.GetName().Name == "MirrorValidate.Core");
    }

    private static string Value(object info, string property) => info.GetType().GetProperty(property, Any)!.GetValue(info)!.ToString()!;
}
