using System.Reflection;
using System.Runtime.Loader;

// Starts a program as `dotnet PROGRAM.dll ARGUMENTS` does: no package of NuGet has the dotnet.exe of Windows.
if (args[0] == "exec") args = args[1..];
string path = Path.GetFullPath(args[0]);
string folder = Path.GetDirectoryName(path)!;
AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", folder + Path.DirectorySeparatorChar);
AssemblyLoadContext.Default.Resolving += (context, name) =>
{
    string assembly = Path.Combine(folder, name.Name + ".dll");
    return File.Exists(assembly) ? context.LoadFromAssemblyPath(assembly) : null;
};

MethodInfo entry = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).EntryPoint!;
object? exitCode = entry.Invoke(
    null, BindingFlags.DoNotWrapExceptions, null, entry.GetParameters().Length == 0 ? [] : [args[1..]], null);
return exitCode is int code ? code : 0;
