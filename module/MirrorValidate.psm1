$inner = Import-Module ([System.Reflection.Assembly]::Load('MirrorValidate.PowerShell')) -PassThru

# Imported again with -Force, the engine knows the assembly already and adds none of its commands to this module
# (PowerShell/PowerShell issue 20710), so that is done here.
foreach ($command in @($inner.ExportedCmdlets.Values) + @($inner.ExportedAliases.Values)) {
    $add = $command -is [System.Management.Automation.AliasInfo] ? 'AddExportedAlias' : 'AddExportedCmdlet'
    $method = [psmoduleinfo].GetMethod($add, [System.Reflection.BindingFlags]'Instance, NonPublic')
    if ($method) { $null = $method.Invoke($ExecutionContext.SessionState.Module, @(, $command)) }
}
