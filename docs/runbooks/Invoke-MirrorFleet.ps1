<#
.SYNOPSIS
Validates image lists on several machines at once, and ends with one report.
.DESCRIPTION
Splits the lists over machines that PowerShell remoting reaches: with SSH (-HostName), or with sessions that are open
already, for example over WinRM (-Session). A machine takes some images, and more when it is done with them. Each result
is written to -ResultPath as it arrives. If a machine is lost, the others do what it has left. A machine that cannot be
used from the beginning is named, and left out.

Nothing is written on the machines. They need PowerShell 7.4 or later and the module, and they ask the registries. They
do not have the credentials of this machine: give SourceCredential and DestinationCredential in -Parameter. Sessions are
encrypted. Host keys are checked: machines must be in known_hosts.

Ctrl+C also stops the machines.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared, or no machine was left to do
it; 3 the lists could not be read, or the run could not start.
.PARAMETER Path
Image list files on this machine. Wildcards are resolved.
.PARAMETER HostName
The machines, as [USER@]HOST[:PORT]. Their sshd needs the subsystem powershell.
.PARAMETER UserName
The user to log in as, where -HostName does not name one.
.PARAMETER Port
The port of sshd, where -HostName does not name one.
.PARAMETER KeyFilePath
The private key to log in with. Without it, ssh uses those of its agent and its configuration.
.PARAMETER Options
Options of ssh, as in ssh_config: @{ UserKnownHostsFile = '/etc/mirror/known_hosts' }.
.PARAMETER Session
Open sessions, one for each machine. They stay open.
.PARAMETER ModulePath
The name of the module on the machines, or its path there if it is not in a module folder.
.PARAMETER Parameter
Parameters of Test-MirrorImage: @{ Depth = 'Content'; ThrottleLimit = 10; DestinationCredential = Get-Credential }.
.PARAMETER ResultPath
The file for the results.
.PARAMETER ReportPath
The file for the report. Its extension says the format: .html, .xml (JUnit), .md or .json.
.PARAMETER Force
Start anew if there is a file at -ResultPath.
.EXAMPLE
./Invoke-MirrorFleet.ps1 -Path ./images.txt -HostName m1,m2,m3 -KeyFilePath ~/.ssh/mirror -ResultPath ./results.jsonl -ReportPath ./report.html
Over SSH, ten images at once on each machine.
.EXAMPLE
./Invoke-MirrorFleet.ps1 -Path ./images.txt -Session (New-PSSession -ComputerName w1, w2 -ConfigurationName PowerShell.7) -ResultPath ./results.jsonl -ReportPath ./report.html -Parameter @{ Depth = 'Content'; DestinationCredential = Get-Credential }
Over WinRM. Every byte is hashed, by the machine nearest to the registry that you choose.
.OUTPUTS
System.String: a line for each image that did not pass, and the summary.
#>
#Requires -Version 7.4
#Requires -Modules MirrorValidate
[CmdletBinding(DefaultParameterSetName = 'HostName')]
param(
    [Parameter(Mandatory, Position = 0)]
    [string[]] $Path,

    [Parameter(Mandatory, ParameterSetName = 'HostName')]
    [string[]] $HostName,

    [Parameter(ParameterSetName = 'HostName')]
    [string] $UserName,

    [Parameter(ParameterSetName = 'HostName')]
    [ValidateRange(1, 65535)]
    [int] $Port,

    [Parameter(ParameterSetName = 'HostName')]
    [string] $KeyFilePath,

    [Parameter(ParameterSetName = 'HostName')]
    [hashtable] $Options = @{},

    [Parameter(Mandatory, ParameterSetName = 'Session')]
    [System.Management.Automation.Runspaces.PSSession[]] $Session,

    [string] $ModulePath = 'MirrorValidate',

    [hashtable] $Parameter = @{},

    [Parameter(Mandatory)]
    [string] $ResultPath,

    [Parameter(Mandatory)]
    [string] $ReportPath,

    [switch] $Force
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# pwsh -File passes a,b as one argument.
function Split-Argument([string[]] $Value) {
    $Value | ForEach-Object { if (Test-Path -LiteralPath $_) { $_ } else { $_.Split(',') } }
}

# The parameters by their full names, each for the command that it belongs to.
function Get-CommandParameter([hashtable] $Value) {
    $read = @{}
    $test = @{ ThrottleLimit = 10; NoFailedList = $true }
    $command = Get-Command Test-MirrorImage
    foreach ($key in $Value.Keys) {
        $name = $command.ResolveParameter($key).Name
        switch ($name) {
            { $_ -in 'Format', 'RegistryMap' } { $read[$name] = $Value[$key] }
            'ResolveTag' { throw '-ResolveTag: resolve the tags first, with Import-MirrorList -ResolveTag | Export-MirrorList' }
            { $_ -in 'InputObject', 'Path', 'LiteralPath', 'Source', 'Destination', 'Tag', 'Quiet', 'Shard' } { throw "-$name has no place in -Parameter" }
            { $_ -in 'FailedListPath', 'LogPath', 'ResultPath', 'Resume', 'ProofAge', 'Force' } { throw "-${name}: nothing is written on the machines" }
            default { $test[$name] = $Value[$key] }
        }
    }

    $test['ErrorAction'] = 'SilentlyContinue'
    $read, $test
}

# How New-PSSession reaches a machine. ssh asks nothing, and notices within a minute that a machine is gone.
function Get-Connection([string] $Name) {
    $ssh = @{ BatchMode = 'yes'; ConnectTimeout = '30'; ServerAliveInterval = '15'; ServerAliveCountMax = '3' }
    foreach ($key in $Options.Keys) { $ssh[$key] = $Options[$key] }
    $connection = @{ HostName = $Name; Options = $ssh; ConnectingTimeout = 60000 }
    if ($UserName -and -not $Name.Contains('@')) { $connection['UserName'] = $UserName }
    if ($Port -and $Name -notmatch ':\d+$') { $connection['Port'] = $Port }
    if ($KeyFilePath) { $connection['KeyFilePath'] = $KeyFilePath }
    $connection
}

# What the lists name, numbered in their order: images, and lines that name none.
function Read-Entry([string[]] $Path, [hashtable] $Option) {
    $id = 0
    foreach ($one in Import-MirrorList -Path $Path @Option -ErrorAction Continue 2>&1) {
        if ($one -isnot [System.Management.Automation.ErrorRecord]) { [pscustomobject]@{ Id = ++$id; Image = $one; Problem = $null } }
        elseif ($one.Exception.GetType().Name -eq 'ImageListException') { [pscustomobject]@{ Id = ++$id; Image = $null; Problem = $one } }
        else { throw $one }
    }
}

# The result of a line that names no image, as Test-MirrorImage writes it.
function ConvertTo-Result([object] $Entry) {
    $exception = $Entry.Problem.Exception
    [pscustomobject]@{
        Id = $Entry.Id; Status = 'Error'; Reason = $Entry.Problem.FullyQualifiedErrorId.Split(',')[0]; Message = $exception.Message
        Line = $Entry.Problem.TargetObject; LineNumber = $exception.LineNumber; Path = $exception.Path; Time = [datetime]::Now
    }
}

# Batches, eight for each machine, so that a fast machine does more. Where blobs are checked, the images of a repository stay
# together, so that no blob is read twice.
function Split-Entry([object[]] $Entry, [int] $MachineCount, [bool] $ByRepository) {
    $size = [Math]::Min(1000, [Math]::Ceiling($Entry.Count / ($MachineCount * 8)))
    $batch = [System.Collections.Generic.List[object]]::new()
    $last = $null
    foreach ($one in $(if ($ByRepository) { $Entry | Sort-Object { Get-Repository $_ } -CaseSensitive -Stable } else { $Entry })) {
        $repository = Get-Repository $one
        if ($batch.Count -ge $size -and -not ($ByRepository -and $repository -ceq $last)) {
            [pscustomobject]@{ Entries = $batch.ToArray() }
            $batch.Clear()
        }

        $batch.Add($one)
        $last = $repository
    }

    if ($batch.Count -gt 0) { [pscustomobject]@{ Entries = $batch.ToArray() } }
}

function Get-Repository([object] $Entry) { $Entry.Image.Destination ?? $Entry.Image.Source }

# Validates entries on the machines, and writes the results as they come. What no machine was left for is written as a list that
# was not read, so that neither the results nor the report look complete.
function Test-Entry([object[]] $Entry, [object[]] $Machine, [hashtable] $Parameter) {
    $batches = [System.Collections.Concurrent.BlockingCollection[object]]::new()
    $left = [System.Collections.Generic.Dictionary[int, object]]::new()
    foreach ($one in $Entry) { $left.Add($one.Id, $one) }
    $byRepository = $Parameter['Depth'] -in 'Blob', 'Content'
    if ($left.Count -eq 0) { return }
    foreach ($batch in Split-Entry $Entry $Machine.Count $byRepository) { $batches.Add($batch) }

    $Machine | ForEach-Object -ThrottleLimit $Machine.Count -Parallel {
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $machine = $_
        $batches = $using:batches
        $session = $machine.Session
        $batch = $null
        try {
            if (-not $session) {
                $connection = $machine.Connection
                $session = New-PSSession @connection
            }

            # Also tells, before anything is asked, whether the machine takes the parameters.
            Invoke-Command -Session $session -ArgumentList $using:ModulePath, $using:Parameter {
                param([string] $Module, [hashtable] $Parameter)
                $ErrorActionPreference = 'Stop'
                Import-Module $Module
                @() | Test-MirrorImage @Parameter
            }

            while (-not $batches.IsCompleted) {
                $batch = $null
                if (-not $batches.TryTake([ref] $batch, 200)) { continue }
                $count = 0
                Invoke-Command -Session $session -ArgumentList $batch.Entries.Image, $using:Parameter {
                    param([object[]] $Image, [hashtable] $Parameter)
                    $ProgressPreference = 'SilentlyContinue'
                    $Image | Test-MirrorImage @Parameter
                } | ForEach-Object {
                    $count++
                    $_.Id = $batch.Entries[$_.Id - 1].Id
                    [pscustomobject]@{ Result = $_; Loss = $null }
                }
                if ($count -ne $batch.Entries.Count) { throw "it gave $count results for $($batch.Entries.Count) images" }
            }
        }
        catch {
            [pscustomobject]@{ Result = $null; Loss = [pscustomobject]@{ Machine = $machine.Name; Reason = $_.Exception.Message; Batch = $batch } }
        }
        finally {
            if ($session -and -not $machine.Session) { Remove-PSSession $session }
        }
    } | ForEach-Object {
        if ($_.Result) {
            $null = $left.Remove($_.Result.Id)
            if ($left.Count -eq 0) { $batches.CompleteAdding() }
            $_.Result
        }
        else {
            $again = @(if ($_.Loss.Batch) { $_.Loss.Batch.Entries | Where-Object { $left.ContainsKey($_.Id) } })
            if ($again) { $batches.Add([pscustomobject]@{ Entries = $again }) }
            $what = if ($_.Loss.Batch) { 'is lost' } else { 'cannot be used' }
            Write-Warning "$($_.Loss.Machine) ${what}: $($_.Loss.Reason)"
        }
    }

    if ($left.Count -gt 0) {
        [pscustomobject]@{ UnreadLists = @("$($left.Count) of $($Entry.Count) images were not validated: no machine was left to do it") }
    }
}

try {
    if ((Test-Path -LiteralPath $ResultPath) -and -not $Force) {
        throw "$ResultPath exists: -Force begins it anew, and Test-MirrorImage -Resume finishes it on one machine"
    }

    $read, $test = Get-CommandParameter $Parameter
    $machines = @(
        if ($PSCmdlet.ParameterSetName -eq 'Session') {
            $Session | ForEach-Object { [pscustomobject]@{ Name = "$($_.ComputerName) ($($_.Name))"; Session = $_; Connection = $null } }
        }
        else {
            $HostName.Split(',') | ForEach-Object { [pscustomobject]@{ Name = $_; Session = $null; Connection = Get-Connection $_ } }
        }
    )
    $entries = @(Read-Entry (Split-Argument $Path) $read)
    if ($entries.Count -eq 0) { throw "$Path names no image" }

    $count = @{ Passed = 0; Failed = 0; Error = 0 }
    $done = 0
    $progress = @{ Activity = "Validating images on $($machines.Count) machines" }
    & {
        $entries | Where-Object Problem | ForEach-Object { ConvertTo-Result $_ }
        Test-Entry @($entries | Where-Object Image) $machines $test
    } | Export-MirrorResult $ResultPath -PassThru -Force:$Force | ForEach-Object {
        $count[$_.Status]++
        $done++
        Write-Progress @progress -Status "$done of $($entries.Count)" -PercentComplete (100 * $done / $entries.Count)
        if ($_.Status -ne 'Passed') {
            $what = if ($_.Source) { "$($_.Source):$($_.Tag)" } else { $_.Line }
            "$($_.Status.ToUpperInvariant()) $what $($_.Reason): $($_.Message)" -replace '[\s\p{Cc}]+', ' '
        }
    }
    Write-Progress @progress -Completed

    # The summary of the results goes along with them: it tells whether any are missing.
    Import-MirrorResult -LiteralPath $ResultPath -ErrorAction SilentlyContinue 6>&1 | Export-MirrorReport $ReportPath
    $missing = $entries.Count - $done
    if ($missing) { Write-Error "$missing of $($entries.Count) images were not validated: no machine was left to do it" -ErrorAction Continue }
    "$($count.Passed) passed, $($count.Failed) failed, $($count.Error) not compared, $missing not validated"
    exit $(if ($count.Error + $missing) { 2 } elseif ($count.Failed) { 1 } else { 0 })
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
