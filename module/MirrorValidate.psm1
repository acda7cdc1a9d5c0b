# The commands are compiled; the loader imports them from a private load context, so that no other module's assemblies meet theirs.
[MirrorValidate.Loader.ModuleInitializer]::ImportCommands($ExecutionContext.SessionState.Module)
