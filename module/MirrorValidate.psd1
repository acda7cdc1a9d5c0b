@{
    RootModule           = 'MirrorValidate.psm1'
    NestedModules        = @('MirrorValidate.Loader.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = '6f0b3a3e-6f0c-4f0a-9f0e-3c1d5a1f7c52'
    Author               = 'The MirrorValidate authors'
    CompanyName          = 'MirrorValidate'
    Copyright            = 'Copyright (c) The MirrorValidate authors. Licensed under Apache-2.0.'
    Description          = 'Validates that mirrored container images are right: compares the manifest lists of a source and a destination registry, platform by platform, and says PASS only for what it compared.'
    # Tested with 7.6. 7.4 and 7.5 are out of support: the tests of the core pass on .NET 8, the runtime of 7.4.
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('MirrorValidate.Types.ps1xml')
    FormatsToProcess     = @('MirrorValidate.Format.ps1xml')
    CmdletsToExport      = @(
        'Test-MirrorImage', 'Get-ManifestList', 'Get-ImageTag', 'Import-MirrorList', 'Export-MirrorList',
        'Import-MirrorResult', 'Export-MirrorResult', 'Export-MirrorReport', 'Compare-MirrorReport',
        'Get-StoreImage', 'Save-MirrorSource')
    AliasesToExport      = @('mirror-validate')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('container', 'registry', 'mirror', 'oci', 'docker', 'manifest', 'validate', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            # The build puts the changelog's notes of this version here.
            ReleaseNotes = 'See CHANGELOG.md'
        }
    }
}
