<#
.SYNOPSIS
Validates image lists, mirrors failed images again with skopeo, and validates those once more.
.DESCRIPTION
Only images that are proven to differ are copied. Images that could not be compared are validated again but not copied,
since it is not known what is wrong with them. The failed list has what still does not pass at the end.

skopeo and the module use stored credentials: run skopeo login first. -WhatIf shows what would be copied.

Exit codes: 0 everything is right now; 1 something still differs; 2 something could not be compared; 3 the check could not run.
.PARAMETER Path
Image list files. Wildcards are resolved.
.PARAMETER SourceRegistry
The registry to use for every source instead of its own.
.PARAMETER DestinationRegistry
The registry to use for every destination instead of its own.
.PARAMETER Platform
The platforms to compare, as os/arch[/variant][:os.version]; a part may be *. Use either this or -Architecture.
.PARAMETER Architecture
The architectures to compare. * compares everything. All architectures are copied, not only those compared.
.PARAMETER ThrottleLimit
How many images are validated at once; they are copied one after another.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER FailedListPath
The file for the lines of the entries that did not pass.
.PARAMETER RetryCount
How often skopeo retries a copy.
.EXAMPLE
./Repair-Mirror.ps1 -Path ./images.txt -ThrottleLimit 20
Validates, copies the images that failed, and validates those again.
.EXAMPLE
./Repair-Mirror.ps1 -Path ./images.txt -WhatIf
Validates and shows what would be copied.
.OUTPUTS
System.String: what was copied, what is still wrong, and the summary.
#>
#Requires -Version 7.4
#Requires -Modules MirrorValidate
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string[]] $Path,

    [string] $SourceRegistry,

    [string] $DestinationRegistry,

    [string[]] $Platform,

    [string[]] $Architecture,

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry = @(),

    [string] $FailedListPath = 'mirror-validate-failed.txt',

    [ValidateRange(0, 100)]
    [int] $RetryCount = 3
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$ProgressPreference = 'SilentlyContinue'

# pwsh -File passes a,b as one argument.
function Split-Argument([string[]] $Value) {
    $Value | ForEach-Object { if (Test-Path -LiteralPath $_) { $_ } else { $_.Split(',') } }
}

# skopeo accepts a tag or a digest, not both; the digest identifies the image.
function Get-SkopeoName($Name, $Tag) {
    $label, $digest = $Tag -split '@', 2
    if ($digest) { "docker://$Name@$digest" } elseif ($Tag -like 'sha*:*') { "docker://$Name@$Tag" } else { "docker://${Name}:$label" }
}

function Copy-Image {
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param($Result)

    # ONE=OTHER: the destination's tag is another.
    $tag, $copy = $Result.Tag -split '='
    $source = Get-SkopeoName $Result.Source $tag
    $target = Get-SkopeoName $Result.Destination (($copy ?? $tag) -split '@')[0]
    if (-not $PSCmdlet.ShouldProcess($target, "Copy $source")) { return }
    $verify = @(
        if ($Result.Source.Split('/')[0] -in $InsecureRegistry) { '--src-tls-verify=false' }
        if ($Result.Destination.Split('/')[0] -in $InsecureRegistry) { '--dest-tls-verify=false' }
    )
    $null = & skopeo copy --all --quiet --retry-times $RetryCount @verify $source $target
    if ($LASTEXITCODE -eq 0) { "COPIED $source to $target" } else { "NOT COPIED $source to ${target}: skopeo ended with exit code $LASTEXITCODE" }
}

try {
    $InsecureRegistry = @($InsecureRegistry | ForEach-Object { $_.Split(',') })
    # skopeo copies a single image as it is; Platform treats it as a list of one.
    $options = @{ ThrottleLimit = $ThrottleLimit; FailedListPath = $FailedListPath; InsecureRegistry = $InsecureRegistry; Comparison = 'Platform' }
    foreach ($name in 'SourceRegistry', 'DestinationRegistry', 'Platform', 'Architecture') {
        if ($PSBoundParameters.ContainsKey($name)) { $options[$name] = $PSBoundParameters[$name] }
    }

    $results = @(Test-MirrorImage @options -Path (Split-Argument $Path) -PreserveOrder -ErrorAction SilentlyContinue -InformationVariable summary)
    $unread = @($summary.MessageData.UnreadLists)
    if ($unread) { throw $unread -join [Environment]::NewLine }
    if ($results.Count -eq 0) { throw "$Path names no image" }

    $left = @($results | Where-Object Status -NE Passed)
    $failed = @($left | Where-Object Status -EQ Failed)
    $failed | ForEach-Object { Copy-Image $_ }
    if ($left -and -not $WhatIfPreference) {
        $left = @($left | Test-MirrorImage @options -PreserveOrder -ErrorAction SilentlyContinue -InformationVariable summary | Where-Object Status -NE Passed)
    }

    foreach ($result in $left) {
        $what = if ($result.Source) { "$($result.Source):$($result.Tag)" } else { $result.Line }
        "$($result.Status.ToUpperInvariant()) $what $($result.Reason): $($result.Message -replace '[\s\p{Cc}]+', ' ')"
    }
    "$($results.Count) tested, $($failed.Count) failed at first, $($left.Count) not right at the end"
    exit $(if ($left | Where-Object Status -EQ Error) { 2 } elseif ($left) { 1 } else { 0 })
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
