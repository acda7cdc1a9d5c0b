<#
.SYNOPSIS
At a site without access to the sources: checks the disk that arrived, and the registry that it was pushed to.
.DESCRIPTION
Compares with the store that Invoke-GapDeparture.ps1 (Save-MirrorSource) has written, so that no source is asked. Give
-Carried before the images are pushed, -DestinationRegistry afterwards, or both. By default every byte is hashed.

Exit codes: 0 everything arrived; 1 something differs; 2 something could not be compared; 3 it could not run.
.PARAMETER Path
The image lists.
.PARAMETER SourcePath
The store with the manifests and configs of the sources.
.PARAMETER Carried
The stores on the disk.
.PARAMETER DestinationRegistry
The registry that the images were pushed to, host[:port].
.PARAMETER Depth
How deep the disk and the registry are checked. Content hashes every byte.
.PARAMETER Architecture
The architectures to compare. * compares everything.
.PARAMETER ThrottleLimit
How many images are validated at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER FailedListPath
The file for the lines of the images that are not right at the registry.
.EXAMPLE
./Invoke-GapArrival.ps1 -Path ./list.txt -SourcePath /media/disk/source.tar -Carried /media/disk/images.tar
Before the images are pushed.
.EXAMPLE
./Invoke-GapArrival.ps1 -Path ./list.txt -SourcePath ./source.tar -DestinationRegistry registry.site.internal
Afterwards, and every night.
.OUTPUTS
System.String: a line for each image that is not right, and a summary.
#>
#Requires -Version 7.4
#Requires -Modules MirrorValidate
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string[]] $Path,

    [Parameter(Mandatory)]
    [string] $SourcePath,

    [string[]] $Carried = @(),

    [string] $DestinationRegistry,

    [ValidateSet('Manifest', 'Blob', 'Content')]
    [string] $Depth = 'Content',

    [string[]] $Architecture = @('amd64', 'arm64'),

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry = @(),

    [string] $FailedListPath = 'mirror-validate-failed.txt'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Format-Problem([object[]] $Result, [string] $Place) {
    foreach ($one in $Result | Where-Object Status -NE Passed) {
        $text = $one.Message -replace '[\s\p{Cc}]+', ' '
        "$($one.Status.ToUpperInvariant()) $($one.Source):$($one.Tag) $($one.Reason): $text"
    }
    "$(@($Result | Where-Object Status -EQ Passed).Count) of $($Result.Count) images right $Place"
}

try {
    if (-not $Carried -and -not $DestinationRegistry) {
        throw 'Give -Carried, -DestinationRegistry or both: there is nothing to check'
    }

    $options = @{
        SourceStore = $SourcePath; Depth = $Depth; Architecture = $Architecture; Comparison = 'Platform'
        ThrottleLimit = $ThrottleLimit; InsecureRegistry = $InsecureRegistry
        PreserveOrder = $true; ErrorAction = 'SilentlyContinue'
    }
    $entries = @(Import-MirrorList -Path $Path)
    if ($entries.Count -eq 0) { throw "$Path names no image" }

    $results = @()
    if ($Carried) {
        # Stores have the names of the sources.
        $sources = $entries |
        ForEach-Object { [pscustomobject]@{ Source = $_.Source; Tag = ($_.Tag -split '=')[0]; Platform = $_.Platform } }
        $onDisk = @($sources | Test-MirrorImage -DestinationStore $Carried -NoFailedList @options)
        Format-Problem $onDisk 'on the disk'
        $results += $onDisk
    }

    if ($DestinationRegistry) {
        $there = @($entries |
                Test-MirrorImage -DestinationRegistry $DestinationRegistry -FailedListPath $FailedListPath @options)
        Format-Problem $there "at $DestinationRegistry"
        $results += $there
    }

    exit $(if ($results.Status -contains 'Error') { 2 } elseif ($results.Status -contains 'Failed') { 1 } else { 0 })
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
