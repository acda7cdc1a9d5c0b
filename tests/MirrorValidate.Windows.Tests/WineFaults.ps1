<#
.SYNOPSIS
Prints the faults of Wine that tests of this project fail by; uses nothing of the project.
.PARAMETER Folder
Has certificates as PEM: server.crt, and client-rsa and client-ec with .crt and .key; and client-rsa.pfx, whose password
is client.
.PARAMETER Port
A TLS server on 127.0.0.1 has server.crt, which is for this address and for localhost.
.PARAMETER MutualPort
Such a server that wants a client certificate.
#>
param(
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [int] $Port,
    [Parameter(Mandatory)] [int] $MutualPort
)

Set-Location (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())))

# Windows replaces a file that is open where whoever opened it shares it for deletion.
Set-Content old.txt 'old'
Set-Content new.txt 'new'
$open = [System.IO.File]::Open((Join-Path $PWD old.txt), 'Open', 'Read', 'ReadWrite, Delete')
try { [System.IO.File]::Move((Join-Path $PWD new.txt), (Join-Path $PWD old.txt), $true) }
catch [System.UnauthorizedAccessException] { 'replaces no open file' }
finally { $open.Dispose() }

Set-Content fixed.txt 'as it was'
Set-ItemProperty fixed.txt IsReadOnly $true
try {
    [System.IO.File]::WriteAllText((Join-Path $PWD fixed.txt), 'changed')
    'writes to a read-only file as root'
}
catch [System.UnauthorizedAccessException] { 'keeps a read-only file' }

$curve = [System.Security.Cryptography.ECCurve+NamedCurves]::nistP256
try { [System.Security.Cryptography.ECDsa]::Create($curve).Dispose() }
catch [System.Security.Cryptography.CryptographicException] { 'makes no keys of elliptic curves' }

foreach ($kind in 'rsa', 'ec') {
    try {
        $null = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile(
            "$Folder\client-$kind.crt", "$Folder\client-$kind.key")
    }
    catch [System.Security.Cryptography.CryptographicException] { "reads no $kind key of a client certificate" }
}

# The issuer is nowhere.
$chain = [System.Security.Cryptography.X509Certificates.X509Chain]::new()
$chain.ChainPolicy.RevocationMode = 'NoCheck'
$server = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new("$Folder\server.crt")
if ($chain.Build($server) -and $chain.ChainStatus.Status -eq 'PartialChain') { 'trusts a chain that ends before its root' }

# What a handshake says of the server's certificate, and how often it asks for the client's after it has seen that.
function Connect-Server([int] $At, [string] $Name, [object] $Client) {
    $seen = @{ Errors = ''; Asked = 0; Succeeded = $false }
    $options = [System.Net.Security.SslClientAuthenticationOptions]::new()
    $options.TargetHost = $Name
    $options.RemoteCertificateValidationCallback = { $seen.Errors = "$($args[3])"; $true }.GetNewClosure()
    $options.LocalCertificateSelectionCallback = { if ($args[3]) { $seen.Asked++ }; $Client }.GetNewClosure()
    if ($Client) {
        $options.ClientCertificates = [System.Security.Cryptography.X509Certificates.X509CertificateCollection]::new()
        $null = $options.ClientCertificates.Add($Client)
    }

    $tcp = [System.Net.Sockets.TcpClient]::new('127.0.0.1', $At)
    $tls = [System.Net.Security.SslStream]::new($tcp.GetStream())
    try {
        $tls.AuthenticateAsClient($options)
        $request = "GET /v2/ HTTP/1.1`r`nHost: $Name`r`nConnection: close`r`n`r`n"
        $tls.Write([System.Text.Encoding]::ASCII.GetBytes($request))
        $seen.Succeeded = [System.IO.StreamReader]::new($tls).ReadLine() -like 'HTTP/1.1 200*'
    }
    catch [System.Management.Automation.MethodInvocationException] { $seen.Succeeded = $false }
    finally { $tls.Dispose(); $tcp.Dispose() }
    [pscustomobject] $seen
}

$named, $addressed = 'localhost', '127.0.0.1' | ForEach-Object { Connect-Server $Port $_ }
if (-not $named.Succeeded) { throw 'No handshake at all.' }
if ($named.Errors -eq 'None' -and $addressed.Errors -eq 'RemoteCertificateNameMismatch') {
    'finds no addresses in certificates'
}

if ((Connect-Server $MutualPort localhost).Asked -eq 0) { 'does not say that a server asks for a client certificate' }
$client = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new("$Folder\client-rsa.pfx", 'client')
$shown = Connect-Server $MutualPort localhost $client
if ($client.HasPrivateKey -and -not $shown.Succeeded) { 'shows no client certificate' }
