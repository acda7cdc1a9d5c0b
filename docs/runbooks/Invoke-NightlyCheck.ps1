<#
.SYNOPSIS
Validates image lists, writes a summary that is ready to be mailed, and keeps the report as a page.
.DESCRIPTION
For scheduled runs: it never prompts, shows no progress, and reports the outcome by its exit code. The summary, in
Markdown, is written to the output and to -ReportPath. It begins with mail headers: put a To: line before it and pass it
to sendmail. -PagePath keeps the whole report as a page, and -BaselinePath lets both tell what changed since the last run.

Credentials come from the environment (SOURCE_USERNAME, SOURCE_PASSWORD, DEST_USERNAME, DEST_PASSWORD) or from what docker login or
skopeo login has stored, never from the command line.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared; 3 the check could not run.
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
.PARAMETER ThrottleLimit
How many images are validated at once.
.PARAMETER InsecureRegistry
Registries for which plain HTTP or a certificate that cannot be verified is accepted.
.PARAMETER FailedListPath
The file for the lines of the entries that did not pass.
.PARAMETER ReportPath
The file to write the summary to, in addition to the output.
.PARAMETER PagePath
The HTML file to write the whole report to.
.PARAMETER BaselinePath
The JSON report of the last run, which this run is compared with. Each run replaces it by its own; the first creates it.
.PARAMETER ResultPath
The CSV file to write all results to.
.PARAMETER LogPath
The file to append the log to.
.EXAMPLE
./Invoke-NightlyCheck.ps1 -Path /srv/mirror/*.txt -ThrottleLimit 20 -PagePath /srv/www/mirror.html -BaselinePath /srv/mirror/last.json
Validates all lists in a folder, and tells what changed since the last night.
.OUTPUTS
System.String: the lines of the summary.
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

    [ValidateRange(1, 20)]
    [int] $ThrottleLimit = 10,

    [string[]] $InsecureRegistry,

    [string] $FailedListPath = 'mirror-validate-failed.txt',

    [string] $ReportPath,

    [string] $PagePath,

    [string] $BaselinePath,

    [string] $ResultPath,

    [string] $LogPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# pwsh -File passes a,b as one argument.
function Split-Argument([string[]] $Value) {
    $Value | ForEach-Object { if (Test-Path -LiteralPath $_) { $_ } else { $_.Split(',') } }
}

# The summary in Markdown. Nobody reads the file, so that it goes to the folder for temporary files.
function Get-Summary([object[]] $Result, [hashtable] $Option) {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "mirror-$([guid]::NewGuid()).md"
    try {
        $Result | Export-MirrorReport $file @Option
        Get-Content -LiteralPath $file
    }
    finally {
        Remove-Item -LiteralPath $file -ErrorAction Ignore
    }
}

function Write-Report([string] $Subject, [string[]] $Body) {
    $report = @("Subject: $Subject", 'Content-Type: text/plain; charset=utf-8', '') + $Body
    if ($ReportPath) { $report | Set-Content -Path $ReportPath }
    $report
}

$hostName = [System.Net.Dns]::GetHostName()
try {
    $options = @{ Path = Split-Argument $Path; ThrottleLimit = $ThrottleLimit; FailedListPath = $FailedListPath }
    foreach ($name in 'SourceRegistry', 'DestinationRegistry', 'Platform', 'Architecture', 'InsecureRegistry', 'LogPath') {
        if ($PSBoundParameters.ContainsKey($name)) { $options[$name] = $PSBoundParameters[$name] }
    }

    $results = @(Test-MirrorImage @options -PreserveOrder -ErrorAction SilentlyContinue -InformationVariable summary)
    $unread = @($summary.MessageData.UnreadLists)
    if ($ResultPath -and $results) { $results | Export-Csv -Path $ResultPath }
    if ($results.Count -eq 0 -and $unread.Count -eq 0) { throw "$Path names no image" }

    $failed = @($results | Where-Object Status -EQ Failed)
    $errors = @($results | Where-Object Status -EQ Error)
    $counts = "$($results.Count - $failed.Count - $errors.Count) passed, $($failed.Count) failed, $($errors.Count) not compared"

    # The summary of the run goes along with the results: it tells which lists were not read.
    $all = @($results) + @($summary)
    $report = @{ Title = "Mirror check on $hostName" }
    if ($BaselinePath -and (Test-Path -LiteralPath $BaselinePath)) { $report['Baseline'] = $BaselinePath }
    if ($PagePath) { $all | Export-MirrorReport $PagePath -Format Html @report }
    $body = @(
        Get-Summary $all $report
        $list = $summary | ForEach-Object { $_.MessageData.FailedListPath }
        if ($list) { "To mirror and test again: $list" }
    )
    if ($BaselinePath) { $all | Export-MirrorReport $BaselinePath -Format Json @report }
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
