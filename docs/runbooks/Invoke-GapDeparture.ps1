<#
.SYNOPSIS
Before a disk leaves for a site that cannot reach the sources: saves what they are, and checks what is on the disk.
.DESCRIPTION
Writes manifests and configs of all images of the lists to a small store, which travels along, and compares the carried
stores with the sources. By default every byte on the disk is hashed.

The module uses stored credentials: run docker login or skopeo login first.

Exit codes: 0 everything is on the disk; 1 something differs; 2 something could not be compared; 3 it could not run.
.PARAMETER Path
The image lists, single references or lines.
.PARAMETER Carried
The stores on the disk: archives and folders that skopeo, regctl, docker save and others have written.
.PARAMETER SourcePath
The store for manifests and configs of the sources; an archive if it ends with .tar.
.PARAMETER Depth
How deep the disk is checked. Content hashes every byte.
.PARAMETER Architecture
The architectures to compare. * compares everything.
.PARAMETER ThrottleLimit
How many images are worked on at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.EXAMPLE
./Invoke-GapDeparture.ps1 -Path ./list.txt -Carried /media/disk/*.tar -SourcePath /media/disk/source.tar
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
    [string[]] $Carried,

    [Parameter(Mandatory)]
    [string] $SourcePath,

    [ValidateSet('Manifest', 'Blob', 'Content')]
    [string] $Depth = 'Content',

    [string[]] $Architecture = @('amd64', 'arm64'),

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

try {
    $options = @{
        ThrottleLimit = $ThrottleLimit; InsecureRegistry = $InsecureRegistry; ErrorAction = 'SilentlyContinue'
    }
    $entries = @(Import-MirrorList -Path $Path)
    if ($entries.Count -eq 0) { throw "$Path names no image" }

    $saved = @($entries | Save-MirrorSource -StorePath $SourcePath @options)
    $unsaved = @($saved | Where-Object Status -EQ Error)
    foreach ($one in $unsaved) { "ERROR $($one.Source):$($one.Tag) $($one.Reason): $($one.Message)" }

    # Stores have the names of the sources.
    $sources = $entries |
        ForEach-Object { [pscustomobject]@{ Source = $_.Source; Tag = ($_.Tag -split '=')[0]; Platform = $_.Platform } }
    $comparison = @{ Depth = $Depth; Architecture = $Architecture; Comparison = 'Platform'; PreserveOrder = $true }
    $results = @($sources | Test-MirrorImage -DestinationStore $Carried -NoFailedList @comparison @options)
    foreach ($result in $results | Where-Object Status -NE Passed) {
        $text = $result.Message -replace '[\s\p{Cc}]+', ' '
        "$($result.Status.ToUpperInvariant()) $($result.Source):$($result.Tag) $($result.Reason): $text"
    }

    $passed = @($results | Where-Object Status -EQ Passed).Count
    "$($saved.Count - $unsaved.Count) of $($saved.Count) sources saved, $passed of $($results.Count) images right on the disk"
    exit $(
        if ($unsaved -or $results.Status -contains 'Error') { 2 }
        elseif ($passed -lt $results.Count) { 1 }
        else { 0 }
    )
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
