using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;
using MirrorValidate.Demo;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

const int BadCommandLine = 64;

DemoArguments arguments;
try
{
    arguments = DemoArguments.Parse(args);
}
catch (ArgumentException problem)
{
    Console.Error.WriteLine(problem.Message);
    return BadCommandLine;
}

if (arguments.ForShell is [])
{
    Console.WriteLine(DemoArguments.Usage);
    return 0;
}

// The engine reads these on first use.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
await using EmbeddedRegistry source = await EmbeddedRegistry.StartAsync();
await using EmbeddedRegistry destination = await EmbeddedRegistry.StartAsync();
IReadOnlyList<string> images = DemoImages.Seed(source.Store, destination.Store);
using DemoFolder? folder = arguments.NeedsFolder ? DemoFolder.Enter(images) : null;

InitialSessionState state = InitialSessionState.CreateDefault2();
AssemblyMetadataAttribute manifest = Assembly.GetExecutingAssembly()
    .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ModuleManifest");
state.ImportPSModule([manifest.Value!]);
state.Variables.Add(new SessionStateVariableEntry("source", source.Host, "The registry that was mirrored."));
state.Variables.Add(new SessionStateVariableEntry("destination", destination.Host, "Its mirror."));
return ConsoleShell.Start(state, bannerText: "", helpText: "", ["-NoLogo", "-NoProfile", .. arguments.ForShell]);
