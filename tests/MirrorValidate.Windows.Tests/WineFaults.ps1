<#
.SYNOPSIS
Prints the faults of Wine that tests of this project fail by; uses nothing of the project.
#>

Set-Location (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())))

# Windows replaces a file that is open where whoever opened it shares it for deletion.
Set-Content old.txt 'old'
Set-Content new.txt 'new'
$open = [System.IO.File]::Open((Join-Path $PWD old.txt), 'Open', 'Read', 'ReadWrite, Delete')
try { [System.IO.File]::Move((Join-Path $PWD new.txt), (Join-Path $PWD old.txt), $true) }
catch [System.UnauthorizedAccessException] { 'replaces no open file' }
finally { $open.Dispose() }

try { [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256).Dispose() }
catch [System.Security.Cryptography.CryptographicException] { 'makes no keys of elliptic curves' }

Set-Content fixed.txt 'as it was'
Set-ItemProperty fixed.txt IsReadOnly $true
try {
    [System.IO.File]::WriteAllText((Join-Path $PWD fixed.txt), 'changed')
    'writes to a read-only file as root'
}
catch [System.UnauthorizedAccessException] { 'keeps a read-only file' }
