<#
.SYNOPSIS
Fails a CI pipeline when a mirror is not right.
.DESCRIPTION
Validates the image lists of a repository. Writes a line for each image that did not pass (on GitHub Actions an annotation
of the line in the list) and a JUnit report for servers that show one (GitLab, Jenkins, Azure Pipelines).

Credentials come from the environment, where CI servers put their secrets: SOURCE_USERNAME, SOURCE_PASSWORD, DEST_USERNAME,
DEST_PASSWORD.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared; 3 the job could not run.
.PARAMETER Path
Image list files. Wildcards are resolved.
.PARAMETER SourceRegistry
The registry to use for every source instead of its own.
.PARAMETER DestinationRegistry
The registry to use for every destination instead of its own.
.PARAMETER Platform
The platforms to compare, as os/arch[/variant][:os.version]; a part may be *. Use either this or -Architecture.
.PARAMETER Architecture
The architectures to compare. * compares everything.
.PARAMETER Comparison
What must be equal: ManifestList, Platform or Digest, as with Test-MirrorImage.
.PARAMETER ThrottleLimit
How many images are validated at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER JUnitPath
The file to write the JUnit report to.
.EXAMPLE
./Invoke-MirrorGate.ps1 -Path ./images/*.txt -DestinationRegistry mirror.example.com -JUnitPath ./mirror.xml
Validates all lists in a folder against one mirror.
.OUTPUTS
System.String: a line for each image that did not pass, and the summary.
#>
#Requires -Version 7.4
#Requires -Modules MirrorValidate
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string[]] $Path,

    [string] $SourceRegistry,

    [string] $DestinationRegistry,

    [string[]] $Platform,

    [string[]] $Architecture,

    [ValidateSet('ManifestList', 'Platform', 'Digest')]
    [string] $Comparison = 'ManifestList',

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry,

    [string] $JUnitPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# pwsh -File passes a,b as one argument.
function Split-Argument([string[]] $Value) {
    $Value | ForEach-Object { if (Test-Path -LiteralPath $_) { $_ } else { $_.Split(',') } }
}

function Get-Title($Result) {
    $text = if ($Result.Source) { "$($Result.Source):$($Result.Tag)" } else { $Result.Line }
    $text -replace '[\s\p{Cc}]+', ' '
}

# Shows a list in the working folder by its path relative to that folder.
function Get-ListName([string] $File) {
    $relative = [System.IO.Path]::GetRelativePath($PWD.ProviderPath, $File)
    ($relative.StartsWith('..') ? $File : $relative).Replace('\', '/')
}

function Format-Finding($Result) {
    $message = "$($Result.Reason): $($Result.Message)" -replace '[\s\p{Cc}]+', ' '
    if ($env:GITHUB_ACTIONS -ne 'true') { return "$($Result.Status.ToUpperInvariant()) $(Get-Title $Result) $message" }
    $place = "file=$(Get-ListName $Result.Path),line=$($Result.LineNumber)".Replace('%', '%25')
    "::error $place,title=$($Result.Status)::$("$(Get-Title $Result) $message".Replace('%', '%25'))"
}

function Format-Problem([string] $Message) {
    $text = $Message -replace '[\s\p{Cc}]+', ' '
    if ($env:GITHUB_ACTIONS -ne 'true') { return "NOT READ $text" }
    "::error title=Not read::$($text.Replace('%', '%25'))"
}

try {
    $options = @{ Path = Split-Argument $Path; Comparison = $Comparison; ThrottleLimit = $ThrottleLimit }
    foreach ($name in 'SourceRegistry', 'DestinationRegistry', 'Platform', 'Architecture', 'InsecureRegistry') {
        if ($PSBoundParameters.ContainsKey($name)) { $options[$name] = $PSBoundParameters[$name] }
    }

    $results = @(Test-MirrorImage @options -PreserveOrder -NoFailedList -ErrorAction SilentlyContinue -InformationVariable summary)
    # The summary goes along with the results: it tells which lists were not read.
    if ($JUnitPath) { @($results) + @($summary) | Export-MirrorReport $JUnitPath -Format JUnit }
    $results | Where-Object Status -NE Passed | ForEach-Object { Format-Finding $_ }
    $unread = @($summary.MessageData.UnreadLists)
    $unread | ForEach-Object { Format-Problem $_ }
    if ($results.Count -eq 0 -and -not $unread) { throw "$Path names no image" }

    "$summary"
    exit $(
        if ($unread) { 3 }
        elseif ($results.Status -contains 'Error') { 2 }
        elseif ($results.Status -contains 'Failed') { 1 }
        else { 0 }
    )
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
