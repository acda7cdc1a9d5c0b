<#
.SYNOPSIS
A gate after skopeo sync: nothing goes on unless all that was to be copied is there, and right.
.DESCRIPTION
Takes what skopeo sync was given, repositories or its YAML file, and validates each tag at the place where skopeo sync puts it. Which
tags a repository has is asked of the source with skopeo; a YAML file must name them. skopeo sync itself says nothing about tags that
it left out, or about what was damaged later.

skopeo and the module find their credentials by themselves: run skopeo login before.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared; 3 the gate could not run.
.PARAMETER Repository
What was copied: REGISTRY/REPOSITORY for all tags, REGISTRY/REPOSITORY:TAG for one.
.PARAMETER SyncFile
What was copied: the file of skopeo sync --src yaml.
.PARAMETER Destination
Where to: the destination of skopeo sync, REGISTRY[/PATH].
.PARAMETER Scoped
It was copied with --scoped: the whole name of the source comes after the destination.
.PARAMETER Architecture
The architectures to compare; * compares everything. What was copied without --all is of one architecture: name that.
.PARAMETER ThrottleLimit
How many images are validated at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER FailedListPath
The list of what did not pass.
.EXAMPLE
./Test-SkopeoSync.ps1 -Repository quay.io/prometheus/busybox -Destination mirror.example.com/sync -Scoped
After: skopeo sync --all --scoped --src docker --dest docker quay.io/prometheus/busybox mirror.example.com/sync
.EXAMPLE
./Test-SkopeoSync.ps1 -SyncFile ./sync.yml -Destination mirror.example.com/sync
After: skopeo sync --all --src yaml --dest docker ./sync.yml mirror.example.com/sync
.OUTPUTS
System.String: a line for each tag that did not pass, and the summary.
#>
#Requires -Version 7.4
#Requires -Modules MirrorValidate
[CmdletBinding(DefaultParameterSetName = 'Repository')]
param(
    [Parameter(Mandatory, Position = 0, ParameterSetName = 'Repository')]
    [ValidatePattern('^(localhost|[^/]*[.:][^/]*)/.', ErrorMessage = '{0} does not name its registry: write docker.io/library/nginx, not nginx')]
    [string[]] $Repository,

    [Parameter(Mandatory, ParameterSetName = 'SyncFile')]
    [string] $SyncFile,

    [Parameter(Mandatory, Position = 1)]
    [string] $Destination,

    [switch] $Scoped,

    [string[]] $Architecture,

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry = @(),

    [string] $FailedListPath = 'mirror-validate-failed.txt'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$ProgressPreference = 'SilentlyContinue'

function Get-SourceTag([string] $Name) {
    $verify = @(if ($Name.Split('/')[0] -in $InsecureRegistry) { '--tls-verify=false' })
    $answer = & skopeo list-tags @verify "docker://$Name"
    if ($LASTEXITCODE -ne 0) { throw "skopeo list-tags docker://$Name ended with exit code $LASTEXITCODE" }
    ($answer -join "`n" | ConvertFrom-Json).Tags
}

function Get-ListLine([string] $One) {
    # A colon after the last slash begins the tag; one before it, a port.
    $name, $tag = $One -split ':(?=[^/]*$)', 2
    $target = if ($Scoped) { "$Destination/$name" } else { "$Destination/$($name.Split('/')[-1])" }
    foreach ($tag in $(if ($tag) { $tag } else { Get-SourceTag $name })) { "$name $target $tag" }
}

try {
    $entries = if ($SyncFile) { Import-MirrorList -LiteralPath $SyncFile -Format SkopeoSync -Destination $Destination -Scoped:$Scoped }
    else { $Repository | ForEach-Object { Get-ListLine $_ } }

    # skopeo puts no project before a name of one part.
    $options = @{ ThrottleLimit = $ThrottleLimit; FailedListPath = $FailedListPath; InsecureRegistry = $InsecureRegistry; DefaultProject = '' }
    if ($Architecture) { $options['Architecture'] = $Architecture }

    # skopeo leaves a single image as it is: Platform takes it for a list of one.
    $results = @($entries | Test-MirrorImage @options -Comparison Platform -PreserveOrder -ErrorAction SilentlyContinue -InformationVariable summary)
    if ($results.Count -eq 0) { throw "$Repository$SyncFile names no image" }

    foreach ($result in $results | Where-Object Status -NE Passed) {
        "$($result.Status.ToUpperInvariant()) $($result.Source):$($result.Tag) $($result.Reason): $($result.Message -replace '[\s\p{Cc}]+', ' ')"
    }
    "$summary"
    exit $(if ($results.Status -contains 'Error') { 2 } elseif ($results.Status -contains 'Failed') { 1 } else { 0 })
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
