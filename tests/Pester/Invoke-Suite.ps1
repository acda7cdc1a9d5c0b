<#
.SYNOPSIS
Runs the Pester tests against the built module and one embedded registry.
.DESCRIPTION
Needs what a build of the solution leaves in artifacts: the module, the embedded registry and Pester. Needs no network and reads nothing
of the user's. `dotnet test` runs it in the pwsh of the tool manifest. Exit codes: 0 all passed; 1 some failed, or could not be read.
.PARAMETER Path
The tests to run: files or folders.
.PARAMETER Output
How much Pester shows.
.PARAMETER ResultPath
A file for the results, as a JSON array with File, Name, Result and Message.
.EXAMPLE
./tests/Pester/Invoke-Suite.ps1 -Path ./tests/Pester/Views.Tests.ps1 -Output Detailed
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,

    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')]
    [string] $Output = 'Normal',

    [string] $ResultPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot '../../artifacts/modules/Pester/Pester.psd1')
Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
try {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = $Output
    $run = Invoke-Pester -Configuration $configuration
}
finally {
    Close-TestRegistry
}

if ($ResultPath) {
    $results = foreach ($test in $run.Tests) {
        [pscustomobject]@{
            File    = Split-Path $test.Block.BlockContainer.Item -Leaf
            Name    = $test.ExpandedPath
            Result  = $test.Result
            Message = ($test.ErrorRecord | ForEach-Object { $_.DisplayErrorMessage, $_.DisplayStackTrace }) -join "`n"
        }
    }
    ConvertTo-Json @($results) | Set-Content $ResultPath
}

exit [int]($run.Result -ne 'Passed')
