# What the tests have in common: the module as it was built, the embedded registry as a process, and an environment of their own.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Split-Path (Split-Path $PSScriptRoot)
$manifest = Join-Path $root 'artifacts/module/MirrorValidate/MirrorValidate.psd1'
$registries = @{}
$saved = @{}

# What would let the machine or the user decide what a test sees.
$cleared = 'SOURCE_REGISTRY', 'DEST_REGISTRY', 'SOURCE_USERNAME', 'SOURCE_PASSWORD', 'DEST_USERNAME', 'DEST_PASSWORD',
    'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'NO_COLOR', 'GITHUB_ACTIONS'
$redirected = @{
    HOME = ''; USERPROFILE = ''; DOCKER_CONFIG = 'docker'; XDG_RUNTIME_DIR = 'run'; XDG_DATA_HOME = 'data'; XDG_CONFIG_HOME = '.config'
    REGISTRY_AUTH_FILE = 'auth.json'; CONTAINERS_REGISTRIES_CONF = 'registries.conf'
}

function Get-RegistryProgram {
    $builds = Join-Path $root 'src/MirrorValidate.EmbeddedRegistry/bin/*/net*/MirrorValidate.EmbeddedRegistry.dll'
    $newest = Get-Item -Path $builds -ErrorAction Ignore | Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if (-not $newest) { throw 'There is no embedded registry yet: run ./build.ps1 -Task Build' }
    $newest.FullName
}

function Open-TestRegistry {
    <#
    .SYNOPSIS
    Gives an embedded registry with the demo images, started at the first call.
    .DESCRIPTION
    The registry lives until Close-TestRegistry or the end of this process, whichever comes first: it stops by itself when its
    standard input ends.
    .PARAMETER Option
    More options of the registry's command line; each set of options is a registry of its own.
    .OUTPUTS
    Its name, HOST:PORT.
    #>
    [OutputType([string])]
    param([string[]] $Option = @())

    $key = $Option -join ' '
    if ($registries.ContainsKey($key)) { return $registries[$key].Name }

    # On Windows under Wine, registries run on the Linux beside it; who started the tests ends them.
    if ($env:MIRRORVALIDATE_REGISTRY_STARTER) {
        $name = Invoke-RestMethod $env:MIRRORVALIDATE_REGISTRY_STARTER -Method Post -Body ($Option -join "`n") -ContentType text/plain
        $registries[$key] = [pscustomobject]@{ Name = $name; Process = $null }
        return $name
    }

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in @((Get-RegistryProgram), '--port', '0', '--seed', 'demo', '--stop-on-eof') + $Option) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^listening http://(?<name>\S+)$') {
        $process.Kill()
        throw "The embedded registry did not start: $line"
    }

    $registries[$key] = [pscustomobject]@{ Name = $Matches.name; Process = $process }
    $Matches.name
}

function Close-TestRegistry {
    <#
    .SYNOPSIS
    Ends every registry that Open-TestRegistry has started, and nothing else.
    #>
    foreach ($registry in @($registries.Values | Where-Object Process)) {
        $registry.Process.StandardInput.Close()
        if (-not $registry.Process.WaitForExit(5000)) { $registry.Process.Kill() }
        $registry.Process.Dispose()
    }

    $registries.Clear()
}

function Enter-TestBed {
    <#
    .SYNOPSIS
    Imports the built module, goes to a folder, and hides the user's settings until Exit-TestBed.
    .PARAMETER Folder
    The folder: $TestDrive.
    .OUTPUTS
    The name of the registry that has the demo images.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Folder)

    if (-not (Test-Path $manifest)) { throw "There is no module yet in $manifest`: run ./build.ps1 -Task Build" }
    Import-Module $manifest -Global
    $homeFolder = Join-Path $Folder 'home'
    $null = New-Item -ItemType Directory -Path "$homeFolder/.config/containers", "$homeFolder/docker"
    Set-Content "$homeFolder/.config/containers/policy.json" '{ "default": [ { "type": "insecureAcceptAnything" } ] }'
    Set-Content "$homeFolder/auth.json" '{}'
    Set-Content "$homeFolder/registries.conf" ''
    foreach ($name in $cleared + $redirected.Keys + '_CONTAINERS_ROOTLESS_UID') { $saved[$name] = [System.Environment]::GetEnvironmentVariable($name) }
    foreach ($name in $cleared) { [System.Environment]::SetEnvironmentVariable($name, $null) }
    foreach ($name in $redirected.Keys) { [System.Environment]::SetEnvironmentVariable($name, (Join-Path $homeFolder $redirected[$name])) }

    # As root, skopeo would share what it knows of blobs with every other run on the machine.
    $env:_CONTAINERS_ROOTLESS_UID = '65534'
    Push-Location -LiteralPath $Folder -StackName TestBed
    Open-TestRegistry
}

function Exit-TestBed {
    <#
    .SYNOPSIS
    Undoes Enter-TestBed, except for the registry, which the next file needs.
    #>
    Pop-Location -StackName TestBed
    foreach ($name in @($saved.Keys)) { [System.Environment]::SetEnvironmentVariable($name, $saved[$name]) }
    $saved.Clear()
}

function Invoke-Pwsh {
    <#
    .SYNOPSIS
    Runs another pwsh like this one, with the arguments that follow; $LASTEXITCODE is its exit code.
    .DESCRIPTION
    As a .NET tool, PowerShell runs in a process of dotnet.
    #>
    $program = [System.Environment]::ProcessPath
    if ((Split-Path $program -LeafBase) -eq 'dotnet') { & $program (Join-Path $PSHOME 'pwsh.dll') @args } else { & $program @args }
}

function Get-DemoLine {
    <#
    .SYNOPSIS
    Gives lines of an image list for demo images.
    .PARAMETER Name
    The images; without it all fourteen, those that are right first.
    .PARAMETER Registry
    The registry that they are in; without it the lines name none.
    #>
    [OutputType([string])]
    param(
        [string[]] $Name,
        [string] $Registry
    )

    $images = [ordered]@{
        'alpine' = '3.20'; 'nginx' = '1.27'; 'busybox' = '1.36'; 'redis' = '7.2'; 'hello-world' = 'linux'; 'legacy' = '1.0'; 'pause' = '3.9'
        'postgres' = '16.3'; 'haproxy' = '3.0'; 'memcached' = '1.6'; 'registry' = '2.8'; 'tools' = '1.4'; 'agent' = '5.1'; 'etcd' = '3.5'
    }
    $prefix = if ($Registry) { "$Registry/" }
    foreach ($image in $(if ($Name) { $Name } else { $images.Keys })) { "${prefix}library/$image ${prefix}mirror/$image $($images[$image])" }
}

function Copy-TestImage {
    <#
    .SYNOPSIS
    Copies an image within a registry, its blobs and children first.
    .PARAMETER Registry
    The registry: HOST:PORT.
    .PARAMETER From
    The repository that has it.
    .PARAMETER To
    The repository that gets it.
    .PARAMETER Reference
    Its tag or digest.
    #>
    param([string] $Registry, [string] $From, [string] $To, [string] $Reference)

    $text = Get-ManifestList "$Registry/$From$($Reference -like 'sha256:*' ? '@' : ':')$Reference" -Raw -ErrorAction Stop
    $manifest = $text | ConvertFrom-Json -AsHashtable
    foreach ($child in $manifest['manifests']) { Copy-TestImage $Registry $From $To $child['digest'] }
    foreach ($blob in @($manifest['config']; $manifest['layers'])) {
        if ($blob) { $null = Invoke-RestMethod "http://$Registry/v2/$To/blobs/uploads/?mount=$($blob['digest'])&from=$From" -Method Post }
    }

    $null = Invoke-RestMethod "http://$Registry/v2/$To/manifests/$Reference" -Method Put -ContentType $manifest['mediaType'] -Body $text
}

$ExecutionContext.SessionState.Module.OnRemove = { Close-TestRegistry }

Export-ModuleMember -Function Open-TestRegistry, Close-TestRegistry, Enter-TestBed, Exit-TestBed, Invoke-Pwsh, Get-DemoLine, Copy-TestImage
