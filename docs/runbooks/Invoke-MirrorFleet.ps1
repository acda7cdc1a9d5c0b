<#
.SYNOPSIS
Validates image lists on several machines at once, and ends with one report.
.DESCRIPTION
Splits the lists over machines that PowerShell remoting reaches: with SSH (-HostName), or with sessions that are open
already, for example over WinRM (-Session). A machine takes some images, and more when it is done with them. Each result
is written to -ResultPath when it arrives. What a lost machine has left is done by the others. A machine that cannot be
used at all is named and left out.

The machines need PowerShell 7.4 or later and the module, and they ask the registries. Nothing is written on them. What
the environment says here about registries and credentials (SOURCE_REGISTRY, DEST_REGISTRY, SOURCE_USERNAME,
SOURCE_PASSWORD, DEST_USERNAME, DEST_PASSWORD) goes along, over encrypted sessions. What docker login has stored does
not: give SourceCredential and DestinationCredential in -Parameter. ssh checks host keys, so the machines must be in
known_hosts.

Ctrl+C also stops the machines.

Exit codes: 0 everything passed; 1 something differs; 2 something could not be compared; 3 a list could not be read.
If no machine is left for some images, these could not be compared.
.PARAMETER Path
Image list files on this machine. Wildcards are resolved.
.PARAMETER HostName
The machines, as [USER@]HOST[:PORT]. Their sshd needs the subsystem powershell.
.PARAMETER UserName
The user to log in as, where -HostName does not name one.
.PARAMETER Port
The port of sshd, where -HostName does not name one.
.PARAMETER KeyFilePath
The private key to log in with. Without it, ssh uses what its agent and its configuration have.
.PARAMETER Options
Options of ssh, as in ssh_config: @{ UserKnownHostsFile = '/etc/mirror/known_hosts' }.
.PARAMETER Session
Open sessions, one for each machine. They stay open.
.PARAMETER ModulePath
The module on the machines: its name, or its path. Without it, it is the one that is installed there, else one at the
path that it has on this machine.
.PARAMETER Parameter
Parameters of Test-MirrorImage: @{ Depth = 'Content'; ThrottleLimit = 20; DestinationCredential = Get-Credential }. The
throttle limit is that of each machine; 10 if it is not given.
.PARAMETER ResultPath
The file for the results, for Import-MirrorResult. If it exists, -Force is needed.
.PARAMETER ReportPath
The file for the report. Its extension says the format: .html, .xml (JUnit), .md or .json.
.PARAMETER Force
Replace the results of an earlier run.
.EXAMPLE
./Invoke-MirrorFleet.ps1 -Path ./images.txt -HostName m1,m2,m3 -KeyFilePath ~/.ssh/mirror -ResultPath ./results.jsonl -ReportPath ./report.html
Over SSH, ten images at once on each machine.
.EXAMPLE
$sessions = New-PSSession -ComputerName w1, w2 -ConfigurationName PowerShell.7
./Invoke-MirrorFleet.ps1 -Path ./images.txt -Session $sessions -ResultPath ./results.jsonl -ReportPath ./report.html -Parameter @{ Depth = 'Content'; DestinationCredential = Get-Credential }
Over WinRM. Every byte is hashed on the machines.
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

    [string] $ModulePath,

    [hashtable] $Parameter = @{},

    [Parameter(Mandatory)]
    [string] $ResultPath,

    [Parameter(Mandatory)]
    [ValidatePattern('\.(html?|xml|md|markdown|json)$', ErrorMessage = 'Let {0} end with .html, .xml, .md or .json')]
    [string] $ReportPath,

    [switch] $Force
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# pwsh -File passes a,b as one argument.
function Split-Argument([string[]] $Value) {
    $Value | ForEach-Object { if (Test-Path -LiteralPath $_) { $_ } else { $_.Split(',') } }
}

# What is read here, and how the machines validate it: parameters of Import-MirrorList and of Test-MirrorImage.
function Split-Parameter([hashtable] $Value) {
    $read = @{}
    $test = @{ ThrottleLimit = 10; NoFailedList = $true }
    foreach ($key in $Value.Keys) {
        $name = (Get-Command Test-MirrorImage).ResolveParameter($key).Name
        switch ($name) {
            { $_ -in 'Format', 'RegistryMap' } { $read[$name] = $Value[$key] }
            { $_ -in 'FailedListPath', 'LogPath', 'ResultPath', 'Resume', 'ProofAge', 'Force' } {
                throw "-$name cannot be in -Parameter: nothing is written on the machines"
            }
            { $_ -in 'InputObject', 'Path', 'LiteralPath', 'Source', 'Destination', 'Tag', 'Shard', 'Quiet' } {
                throw "-$name cannot be in -Parameter: the lists are split here"
            }
            'ResolveTag' {
                throw '-ResolveTag cannot be in -Parameter: let Import-MirrorList -ResolveTag write another list'
            }
            default { $test[$name] = $Value[$key] }
        }
    }

    foreach ($side in @{ Source = 'SOURCE'; Destination = 'DEST' }.GetEnumerator()) {
        $registry, $user, $password = 'REGISTRY', 'USERNAME', 'PASSWORD' |
            ForEach-Object { [Environment]::GetEnvironmentVariable("$($side.Value)_$_") }
        if ($registry) { $test["$($side.Key)Registry"] ??= $registry }
        if ($user -and $password) {
            $login = [System.Net.NetworkCredential]::new($user, $password)
            $test["$($side.Key)Credential"] ??= [pscredential]::new($user, $login.SecurePassword)
        }
    }

    $test['ErrorAction'] = 'SilentlyContinue'
    $read, $test
}

# A machine has a session, or what opens one: the parameters of New-PSSession, and the same for ssh.
function Get-Machine {
    foreach ($one in $Session) {
        $name = "$($one.ComputerName) ($($one.Name))"
        [pscustomobject]@{ Name = $name; Session = $one; Connection = $null; Ssh = $null }
    }

    # ssh asks nothing, and notices within a minute that a machine is gone.
    $ssh = @{ BatchMode = 'yes'; ConnectTimeout = '30'; ServerAliveInterval = '15'; ServerAliveCountMax = '3' }
    foreach ($key in $Options.Keys) { $ssh[$key] = $Options[$key] }
    foreach ($name in @($HostName) -split ',' -ne '') {
        $connection = @{ HostName = $name; Options = $ssh; ConnectingTimeout = 60000 }
        if ($UserName -and -not $name.Contains('@')) { $connection['UserName'] = $UserName }
        if ($Port -and $name -notmatch ':\d+$') { $connection['Port'] = $Port }
        if ($KeyFilePath) { $connection['KeyFilePath'] = Convert-Path -LiteralPath $KeyFilePath }
        $arguments = @(
            foreach ($key in $ssh.Keys) { '-o', "$key=$($ssh[$key])" }
            if ($connection['UserName']) { '-l', $UserName }
            if ($connection['Port']) { '-p', $Port }
            if ($connection['KeyFilePath']) { '-i', $connection.KeyFilePath }
            '-s', "ssh://$name", 'powershell'
        )
        [pscustomobject]@{ Name = $name; Session = $null; Connection = $connection; Ssh = $arguments }
    }
}

# What the lists name, numbered in their order: an image, or the error of a line that names none.
function Read-Entry([string[]] $Path, [hashtable] $Option) {
    $id = 0
    Import-MirrorList -Path $Path @Option -ErrorAction Continue 2>&1 | ForEach-Object {
        $problem = if ($_ -is [System.Management.Automation.ErrorRecord]) { $_ }
        if ($problem -and $problem.Exception.GetType().Name -ne 'ImageListException') { throw $problem }
        [pscustomobject]@{ Id = ++$id; Image = if ($problem) { $null } else { $_ }; Problem = $problem }
    }
}

# The result of a line that names no image, as Test-MirrorImage gives it.
function ConvertTo-Result([object] $Entry) {
    $exception = $Entry.Problem.Exception
    [pscustomobject]@{
        Id = $Entry.Id
        Status = 'Error'
        Reason = $Entry.Problem.FullyQualifiedErrorId.Split(',')[0]
        Message = $exception.Message
        Line = $Entry.Problem.TargetObject
        LineNumber = $exception.LineNumber
        Path = $exception.Path
        Time = [datetime]::Now
    }
}

function Get-Repository([object] $Entry) { $Entry.Image.Destination ?? $Entry.Image.Source }

# Batches of entries, eight for each machine, so that a fast one does more. Where blobs are checked, the images of a
# repository stay together, so that no blob is read twice.
function Split-Entry([object[]] $Entry, [int] $MachineCount, [bool] $ByRepository) {
    if ($ByRepository) { $Entry = $Entry | Sort-Object { Get-Repository $_ } -CaseSensitive -Stable }
    $size = [Math]::Min(1000, [Math]::Ceiling($Entry.Count / ($MachineCount * 8)))
    $batch = [System.Collections.Generic.List[object]]::new()
    foreach ($one in $Entry) {
        $isFull = $batch.Count -ge $size
        if ($isFull -and -not ($ByRepository -and (Get-Repository $one) -ceq (Get-Repository $batch[-1]))) {
            [pscustomobject]@{ Entries = $batch.ToArray() }
            $batch.Clear()
        }

        $batch.Add($one)
    }

    [pscustomobject]@{ Entries = $batch.ToArray() }
}

# Validates entries on the machines, and writes the results when they come. If no machine is left, it ends with what
# result files and reports show as a list that was not read, so that they do not look complete.
function Test-Entry([object[]] $Entry, [object[]] $Machine, [hashtable] $Parameter) {
    $left = [System.Collections.Generic.Dictionary[int, object]]::new()
    foreach ($one in $Entry) { $left.Add($one.Id, $one) }
    $batches = [System.Collections.Concurrent.BlockingCollection[object]]::new()
    $here = (Get-Module MirrorValidate).ModuleBase
    Split-Entry $Entry $Machine.Count ($Parameter['Depth'] -in 'Blob', 'Content') | ForEach-Object { $batches.Add($_) }

    $Machine | ForEach-Object -ThrottleLimit $Machine.Count -Parallel {
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $PSNativeCommandUseErrorActionPreference = $false
        $machine = $_
        $batches = $using:batches
        $batch = $null
        $session = $machine.Session
        try {
            if (-not $session) {
                # Where ssh fails, New-PSSession does not tell why, and can end this process.
                $arguments = $machine.Ssh
                $words = $null | & ssh @arguments 2>&1
                if ($LASTEXITCODE -eq 255) { throw "$words" }
                $connection = $machine.Connection
                $session = New-PSSession @connection
            }

            # Without an image: whether the machine has the module, and takes the parameters.
            Invoke-Command -Session $session -ArgumentList $using:ModulePath, $using:here, $using:Parameter {
                param([string] $Module, [string] $Here, [hashtable] $Parameter)
                $ErrorActionPreference = 'Stop'
                $ProgressPreference = 'SilentlyContinue'
                if (-not $Module) {
                    $isThere = -not (Get-Module -ListAvailable MirrorValidate) -and (Test-Path -LiteralPath $Here)
                    $Module = if ($isThere) { $Here } else { 'MirrorValidate' }
                }
                Import-Module $Module
                @() | Test-MirrorImage @Parameter
            }

            while (-not $batches.IsCompleted) {
                # Others may be lost until the last result has come.
                $batch = $null
                if (-not $batches.TryTake([ref] $batch, 200)) { continue }
                $found = [System.Collections.Generic.HashSet[int]]::new()
                Invoke-Command -Session $session -ArgumentList $batch.Entries.Image, $using:Parameter {
                    param([object[]] $Image, [hashtable] $Parameter)
                    $Image | Test-MirrorImage @Parameter
                } | ForEach-Object {
                    if (-not $found.Add($_.Id)) { throw 'it gave two results for an image' }
                    $_.Id = $batch.Entries[$_.Id - 1].Id
                    [pscustomobject]@{ Result = $_; Loss = $null }
                }
                $count = $batch.Entries.Count
                if ($found.Count -ne $count) { throw "it gave $($found.Count) results for $count images" }
            }
        }
        catch {
            $loss = @{ Machine = $machine.Name; Reason = $_.Exception.Message; Batch = $batch }
            [pscustomobject]@{ Result = $null; Loss = [pscustomobject] $loss }
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
        elseif ($_.Loss.Batch) {
            $again = @($_.Loss.Batch.Entries | Where-Object { $left.ContainsKey($_.Id) })
            if ($again) { $batches.Add([pscustomobject]@{ Entries = $again }) }
            Write-Warning "$($_.Loss.Machine) is lost: $($_.Loss.Reason)"
        }
        else {
            Write-Warning "$($_.Loss.Machine) cannot be used: $($_.Loss.Reason)"
        }
    }

    if ($left.Count -gt 0) {
        [pscustomobject]@{ UnreadLists = @("no machine was left for $($left.Count) of $($Entry.Count) images") }
    }
}

try {
    if ((Test-Path -LiteralPath $ResultPath) -and -not $Force) {
        throw "$ResultPath exists: -Force replaces it, and Test-MirrorImage -Resume finishes it on one machine"
    }

    $folder = Split-Path $ReportPath
    if ($folder -and -not (Test-Path -LiteralPath $folder -PathType Container)) { throw "There is no folder $folder" }
    $read, $test = Split-Parameter $Parameter
    $machines = @(Get-Machine)
    $entries = @(Read-Entry (Split-Argument $Path) $read)
    if ($entries.Count -eq 0) { throw "$Path names no image" }

    $done = @{ Passed = 0; Failed = 0; Error = 0 }
    $progress = @{ Activity = "Validating $($entries.Count) images on $($machines.Count) machines" }
    & {
        $entries | Where-Object Problem | ForEach-Object { ConvertTo-Result $_ }
        $images = @($entries | Where-Object Image)
        if ($images) { Test-Entry $images $machines $test }
    } | Export-MirrorResult $ResultPath -PassThru -Force:$Force | ForEach-Object {
        $done[$_.Status]++
        $percent = 100 * ($done.Passed + $done.Failed + $done.Error) / $entries.Count
        Write-Progress @progress -Status "$($done.Failed) failed, $($done.Error) not compared" -PercentComplete $percent
        if ($_.Status -ne 'Passed') {
            $what = if ($_.Source) { "$($_.Source):$($_.Tag)" } else { $_.Line }
            "$($_.Status.ToUpperInvariant()) $what $($_.Reason): $($_.Message)" -replace '[\s\p{Cc}]+', ' '
        }
    }
    Write-Progress @progress -Completed

    # The summary of the results goes along with them: it tells whether they are whole.
    Import-MirrorResult -LiteralPath $ResultPath -ErrorAction SilentlyContinue 6>&1 | Export-MirrorReport $ReportPath
    $left = $entries.Count - $done.Passed - $done.Failed - $done.Error
    if ($left) { Write-Error "No machine was left for $left of $($entries.Count) images" -ErrorAction Continue }
    "$($done.Passed) passed, $($done.Failed) failed, $($done.Error) not compared, $left not validated"
    exit $(if ($done.Error + $left) { 2 } elseif ($done.Failed) { 1 } else { 0 })
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 3
}
