<#
.SYNOPSIS
Validates image lists and writes a report that can be mailed as it is.
.DESCRIPTION
For a scheduler at night: asks nothing, shows no progress, and says by its exit code what became of the check. The report is written to
the output, and to -ReportPath as well. It begins with mail headers, so that sendmail takes it after a line that says to whom.

Credentials come from the environment (SOURCE_USERNAME, SOURCE_PASSWORD, DEST_USERNAME, DEST_PASSWORD) or from what docker login or
skopeo login has stored, never from the command line.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared; 3 the check could not run.
.PARAMETER Path
Image lists; wildcards are resolved.
.PARAMETER SourceRegistry
The registry that replaces every source's.
.PARAMETER DestinationRegistry
The registry that replaces every destination's.
.PARAMETER Architecture
The architectures to compare; * compares everything.
.PARAMETER ThrottleLimit
How many images are validated at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER FailedListPath
The list of what did not pass.
.PARAMETER ReportPath
A file for the report.
.PARAMETER ResultPath
A CSV file for all results.
.PARAMETER LogPath
A file that the log is appended to.
.EXAMPLE
./Invoke-NightlyCheck.ps1 -Path /srv/mirror/*.txt -ThrottleLimit 20 -ReportPath /srv/mirror/report.txt
Validates all lists of a folder.
.OUTPUTS
System.String: the lines of the report.
#>
#Requires -Version 7.4
#Requires -Modules MirrorValidate
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string[]] $Path,

    [string] $SourceRegistry,

    [string] $DestinationRegistry,

    [string[]] $Architecture,

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry,

    [string] $FailedListPath = 'mirror-validate-failed.txt',

    [string] $ReportPath,

    [string] $ResultPath,

    [string] $LogPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# What a registry answers is shown on one line, without characters that steer a terminal.
function Format-Finding($Result) {
    if ($Result.Source) {
        "  $($Result.Source):$($Result.Tag)"
        "    at $($Result.Destination)"
    }
    else {
        "  $($Result.Line -replace '[\s\p{Cc}]+', ' ')"
    }
    "    $($Result.Reason): $($Result.Message -replace '[\s\p{Cc}]+', ' ')"
}

function Write-Report([string] $Subject, [string[]] $Body) {
    $report = @("Subject: $Subject", 'Content-Type: text/plain; charset=utf-8', '') + $Body
    if ($ReportPath) { $report | Set-Content -Path $ReportPath }
    $report
}

$hostName = [System.Net.Dns]::GetHostName()
try {
    $options = @{ Path = $Path; ThrottleLimit = $ThrottleLimit; FailedListPath = $FailedListPath }
    foreach ($name in 'SourceRegistry', 'DestinationRegistry', 'Architecture', 'InsecureRegistry', 'LogPath') {
        if ($PSBoundParameters.ContainsKey($name)) { $options[$name] = $PSBoundParameters[$name] }
    }

    # Errors are in the results already; what is in $problems besides are lists that could not be read.
    $results = @(Test-MirrorImage @options -PreserveOrder -ErrorAction SilentlyContinue -ErrorVariable problems -InformationVariable summary)
    $unread = @($problems | Where-Object FullyQualifiedErrorId -Like 'ImageListUnreadable,*')
    if ($ResultPath -and $results) { $results | Export-Csv -Path $ResultPath }
    if ($results.Count -eq 0 -and $unread.Count -eq 0) { throw "$Path names no image" }

    $failed = @($results | Where-Object Status -EQ Failed)
    $errors = @($results | Where-Object Status -EQ Error)
    $counts = "$($results.Count - $failed.Count - $errors.Count) passed, $($failed.Count) failed, $($errors.Count) not compared"
    $body = @(
        "$([datetime]::Now.ToString('yyyy-MM-dd HH:mm:ss')) on $hostName"
        "Lists: $($Path -join ', ')"
        "$counts"
        if ($unread) {
            ''
            "Lists that could not be read, $($unread.Count):"
            ''
            $unread | ForEach-Object { "  $($_.Exception.Message)" }
        }
        foreach ($part in @{ Title = 'Failed'; Results = $failed }, @{ Title = 'Not compared'; Results = $errors }) {
            if ($part.Results) {
                ''
                "$($part.Title), $($part.Results.Count):"
                ''
                $part.Results | ForEach-Object { Format-Finding $_ }
            }
        }
        $list = $summary | ForEach-Object { $_.MessageData.FailedListPath }
        if ($list) {
            ''
            "To mirror and test again: $list"
        }
    )
    $code = if ($unread) { 3 } elseif ($errors) { 2 } elseif ($failed) { 1 } else { 0 }
    $subject = if ($unread) { "lists could not be read; $counts" } else { $counts }
    Write-Report "Mirror check on ${hostName}: $subject" $body
    exit $code
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    Write-Report "Mirror check on ${hostName}: could not run" "$_"
    exit 3
}
