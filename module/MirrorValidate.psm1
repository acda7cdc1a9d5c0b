Import-Module ([System.Reflection.Assembly]::Load('MirrorValidate.PowerShell'))
