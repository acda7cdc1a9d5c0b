<#
.SYNOPSIS
Runs the Pester tests against the built module and one embedded registry.
.DESCRIPTION
Needs Pester 5 and what ./build.ps1 -Task Build leaves: the module in artifacts/module and the embedded registry. Needs no network and
reads nothing of the user's. Invoke-Pester on a single file does the same, but leaves the registry to the end of the session.
.PARAMETER Path
The tests to run: files or folders.
.PARAMETER Output
How much Pester shows.
.OUTPUTS
Pester's result object.
.EXAMPLE
./tests/Pester/Invoke-Suite.ps1 -Output Detailed
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,

    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')]
    [string] $Output = 'Normal'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module Pester -MinimumVersion 5.0
Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
try {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = $Output
    Invoke-Pester -Configuration $configuration
}
finally {
    Close-TestRegistry
}
