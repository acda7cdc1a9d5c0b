<#
.SYNOPSIS
Validates a line of an image list with the built module, and prints the status, the reason and the message.
.PARAMETER Manifest
The manifest of the module.
.PARAMETER Line
The line.
.PARAMETER CertificateDirectory
A folder like docker's certs.d.
.PARAMETER UserProfile
What %USERPROFILE% is. Wine sets it when the first program starts, whatever it was on Linux.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $Line,
    [string] $CertificateDirectory,
    [string] $UserProfile
)

$ErrorActionPreference = 'Stop'
if ($UserProfile) { $env:USERPROFILE = $UserProfile }
Import-Module $Manifest
$certificates = if ($CertificateDirectory) { @{ CertificateDirectory = $CertificateDirectory } } else { @{} }
$result = $Line | Test-MirrorImage -NoFailedList -MaximumRetryCount 0 -ErrorAction Ignore @certificates
"$($result.Status) $($result.Reason) $($result.Message)"
