<#
.SYNOPSIS
Builds, tests and installs MirrorValidate by calling dotnet.
.DESCRIPTION
Build puts the importable module into artifacts/module. Test runs all tests, including those of Pester. Analyze checks
style and scripts. Package creates the folder and the nupkg for the PowerShell Gallery in artifacts/package, compiled
ahead of time for the most common platforms. Install copies the built module to the user's module path. Clean removes the
build output. Without pwsh on the machine, run dotnet tool restore, then dotnet pwsh ./build.ps1.
.PARAMETER Task
The tasks to run, in this order.
.PARAMETER Configuration
The configuration that dotnet builds.
.EXAMPLE
./build.ps1
Builds and tests.
.EXAMPLE
./build.ps1 -Task Package
Creates artifacts/package/MirrorValidate and artifacts/package/MirrorValidate.VERSION.nupkg.
.EXAMPLE
./build.ps1 -Task Build, Install
Builds the module and installs it for the current user.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Analyze', 'Package', 'Install', 'Clean')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$solution = Join-Path $PSScriptRoot 'MirrorValidate.PowerShell.sln'
$artifacts = Join-Path $PSScriptRoot 'artifacts'
$module = Join-Path $artifacts 'module/MirrorValidate'
$manifest = Join-Path $module 'MirrorValidate.psd1'
$pesterTests = Join-Path $PSScriptRoot 'tests/Pester'
$scripts = $PSCommandPath, (Join-Path $PSScriptRoot 'module'), (Join-Path $PSScriptRoot 'docs/runbooks')
$asConfigured = '-c', $Configuration

function Invoke-DotNet {
    param([string[]] $ArgumentList)
    & dotnet @ArgumentList
    if ($LASTEXITCODE -ne 0) { throw "dotnet $ArgumentList ended with exit code $LASTEXITCODE" }
}

function Invoke-Build {
    Invoke-DotNet (@('build', $solution) + $asConfigured)
}

function Invoke-Test {
    Invoke-DotNet (@('test', $solution) + $asConfigured)
}

function Invoke-Analyze {
    Invoke-DotNet @('format', $solution, '--verify-no-changes')
    if (-not (Get-Module -ListAvailable -Name PSScriptAnalyzer)) {
        Write-Warning 'PSScriptAnalyzer is not installed: the scripts are not analyzed.'
        return
    }

    # The excluded rule does not see that variables assigned in BeforeAll are used in other blocks.
    $findings = @(
        $scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse }
        Invoke-ScriptAnalyzer -Path $pesterTests -Recurse -ExcludeRule PSUseDeclaredVarsMoreThanAssignments
    )
    $findings | Out-Host
    if ($findings.Count -gt 0) { throw "PSScriptAnalyzer: $($findings.Count) findings" }
}

function Invoke-Package {
    Invoke-DotNet @('pack', (Join-Path $PSScriptRoot 'src/MirrorValidate.PowerShell'), '-c', 'Release', '-p:ForGallery=true')
    $null = Test-ModuleManifest $manifest
    $folder = Join-Path $artifacts 'package/MirrorValidate'
    if (Test-Path $folder) { Remove-Item $folder -Recurse }
    Copy-Item -Path $module -Destination $folder -Recurse
    Get-Item $folder, (Join-Path $artifacts 'package/*.nupkg')
}

function Invoke-Install {
    if (-not (Test-Path $manifest)) { throw "There is no module in $module yet: run ./build.ps1 -Task Build, Install" }
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $userPath = ($env:PSModulePath -split [System.IO.Path]::PathSeparator)[0]
    $target = Join-Path $userPath "MirrorValidate/$version"
    if (Test-Path $target) { Remove-Item $target -Recurse }
    $null = New-Item -ItemType Directory -Path $target
    Copy-Item -Path (Join-Path $module '*') -Destination $target -Recurse
    Write-Verbose "Installed in $target"
}

function Invoke-Clean {
    Invoke-DotNet (@('clean', $solution) + $asConfigured)
    if (Test-Path $artifacts) { Remove-Item $artifacts -Recurse }
}

foreach ($name in $Task) {
    switch ($name) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Analyze' { Invoke-Analyze }
        'Package' { Invoke-Package }
        'Install' { Invoke-Install }
        'Clean' { Invoke-Clean }
    }
}
