<#
.SYNOPSIS
A gate after skopeo sync: fails unless every tag that should have been copied is at the destination and right.
.DESCRIPTION
Takes the same input as skopeo sync, repositories or its YAML file, and validates each tag at the place where skopeo sync
copies it. skopeo lists the tags of a repository at the source; a YAML file must name them. skopeo sync itself does not
report tags that it left out, or images that were damaged later.

skopeo and the module use stored credentials: run skopeo login first.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared; 3 the gate could not run.
.PARAMETER Repository
What was copied: REGISTRY/REPOSITORY for all tags, REGISTRY/REPOSITORY:TAG for one.
.PARAMETER SyncFile
What was copied: the file of skopeo sync --src yaml.
.PARAMETER Destination
Where it was copied to: the destination of skopeo sync, REGISTRY[/PATH].
.PARAMETER Scoped
It was copied with --scoped: the source's whole name follows the destination.
.PARAMETER Platform
The platforms to compare, as os/arch[/variant][:os.version]; a part may be *. Use either this or -Architecture.
.PARAMETER Architecture
The architectures to compare. * compares everything. After a copy without --all, name the one architecture copied.
.PARAMETER ThrottleLimit
How many images are validated at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER FailedListPath
The file for the lines of the entries that did not pass.
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

    [string[]] $Platform,

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
    # A colon after the last slash starts the tag; one before it starts the port.
    $name, $tag = $One -split ':(?=[^/]*$)', 2
    $target = if ($Scoped) { "$Destination/$name" } else { "$Destination/$($name.Split('/')[-1])" }
    foreach ($tag in $(if ($tag) { $tag } else { Get-SourceTag $name })) { "$name $target $tag" }
}

try {
    $InsecureRegistry = @($InsecureRegistry | ForEach-Object { $_.Split(',') })
    $unread = @()
    $entries = if ($SyncFile) {
        $list = @{ LiteralPath = $SyncFile; Format = 'SkopeoSync'; Destination = $Destination; Scoped = $Scoped }
        Import-MirrorList @list -ErrorAction SilentlyContinue -ErrorVariable unread
    }
    else {
        $Repository | ForEach-Object { $_.Split(',') } | ForEach-Object { Get-ListLine $_ }
    }

    # skopeo adds no project to a name of one part.
    $options = @{ ThrottleLimit = $ThrottleLimit; FailedListPath = $FailedListPath; InsecureRegistry = $InsecureRegistry; DefaultProject = '' }
    foreach ($name in 'Platform', 'Architecture') {
        if ($PSBoundParameters.ContainsKey($name)) { $options[$name] = $PSBoundParameters[$name] }
    }

    # skopeo copies a single image as it is; Platform treats it as a list of one.
    $results = @($entries | Test-MirrorImage @options -Comparison Platform -PreserveOrder -ErrorAction SilentlyContinue -InformationVariable summary)
    foreach ($problem in $unread) { "NOT READ $($problem.Exception.Message -replace '[\s\p{Cc}]+', ' ')" }
    if ($results.Count -eq 0) { throw "$Repository$SyncFile names no image that could be read" }

    foreach ($result in $results | Where-Object Status -NE Passed) {
        $what = if ($result.Source) { "$($result.Source):$($result.Tag)" } else { $result.Line }
        "$($result.Status.ToUpperInvariant()) $what $($result.Reason): $($result.Message -replace '[\s\p{Cc}]+', ' ')"
    }
    "$summary"
    # An error of a line is a ParserError; any other means that the file was not read to its end.
    $isCut = $unread | Where-Object { $_.CategoryInfo.Category -ne 'ParserError' }
    exit $(
        if ($isCut) { 3 }
        elseif ($unread -or $results.Status -contains 'Error') { 2 }
        elseif ($results.Status -contains 'Failed') { 1 }
        else { 0 }
    )
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
