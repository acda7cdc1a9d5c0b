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

# An entry of a list that says no image, as Test-MirrorImage reports it.
function ConvertTo-Result([System.Management.Automation.ErrorRecord] $Problem) {
    [pscustomobject]@{
        Id = 0; Status = 'Error'; Reason = $Problem.FullyQualifiedErrorId.Split(',')[0]; Message = $Problem.Exception.Message
        Line = $Problem.TargetObject; LineNumber = $Problem.Exception.LineNumber; Path = $Problem.Exception.Path; Time = Get-Date
    }
}

# Batches for the machines: eight for each, so that a fast machine does more. Where blobs are checked, the images of a repository
# are one batch, so that no blob is read twice.
function Split-Entry([object[]] $Entry, [int] $MachineCount, [bool] $ByRepository) {
    $size = [Math]::Min(1000, [Math]::Ceiling($Entry.Count / ($MachineCount * 8)))
    $batch = [System.Collections.Generic.List[object]]::new()
    $groups = if ($ByRepository) { $Entry | Group-Object { $_.Image.Destination ?? $_.Image.Source } -CaseSensitive } else { @{ Group = $Entry } }
    foreach ($group in $groups) {
        foreach ($one in $group.Group) {
            $batch.Add($one)
            if (-not $ByRepository -and $batch.Count -ge $size) { , $batch.ToArray(); $batch.Clear() }
        }

        if ($batch.Count -ge $size) { , $batch.ToArray(); $batch.Clear() }
    }

    if ($batch.Count -gt 0) { , $batch.ToArray() }
}
