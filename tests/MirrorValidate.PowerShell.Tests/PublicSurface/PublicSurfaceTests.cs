using System.Management.Automation;
using System.Reflection;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.PowerShell.Tests.ModuleFiles;
using PublicApiGenerator;

namespace MirrorValidate.PowerShell.Tests.PublicSurface;

/// <summary>What the module's assemblies show to scripts and to other programs changes only on purpose.</summary>
public sealed class PublicSurfaceTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("MirrorValidate.Core")]
    [InlineData("MirrorValidate.PowerShell")]
    public void The_public_types_are_those_that_were_agreed_on(string name)
    {
        var command = (CmdletInfo)_shell.Run("Get-Command Test-MirrorImage").Only.BaseObject;
        Assembly assembly = command.ImplementingType.Assembly;
        if (assembly.GetName().Name != name) assembly = ReferenceOf(assembly, name);
        string surface = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        string agreed = RepositoryFiles.Read($"tests/MirrorValidate.PowerShell.Tests/PublicSurface/{name}.txt").ReplaceLineEndings("\n");
        Assert.True(
            surface.Trim() == agreed.Trim(),
            $"The public surface of {name} has changed. If that is meant, replace PublicSurface/{name}.txt by:\n{surface}");
    }

    private static Assembly ReferenceOf(Assembly assembly, string name) =>
        System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(assembly)!.LoadFromAssemblyName(new AssemblyName(name));
}
