BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $manifest = (Get-Module MirrorValidate).Path.Replace('.psm1', '.psd1')

    function Get-Completion([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText }
}

AfterAll { Exit-TestBed }

Describe 'What the module offers' {
    It 'exports eleven cmdlets and one alias' {
        (Get-Command -Module MirrorValidate -CommandType Cmdlet).Name | Sort-Object |
            Should -Be 'Compare-MirrorReport', 'Export-MirrorList', 'Export-MirrorReport', 'Export-MirrorResult', 'Get-ImageTag', 'Get-ManifestList',
                'Get-StoreImage', 'Import-MirrorList', 'Import-MirrorResult', 'Save-MirrorSource', 'Test-MirrorImage'
        (Get-Command -Module MirrorValidate -CommandType Alias).Name | Should -Be 'mirror-validate'
        (Get-Command -Module MirrorValidate).Count | Should -Be 12
    }

    It 'has a manifest that Test-ModuleManifest accepts without a word' {
        $module = Test-ModuleManifest $manifest -WarningVariable warnings -ErrorVariable problems
        $module.PowerShellVersion | Should -Be '7.4'
        @($module.ExportedCmdlets.Keys) + $module.ExportedAliases.Keys | Sort-Object | Should -Be ((Get-Command -Module MirrorValidate).Name | Sort-Object)
        @($warnings) + $problems | Should -BeNullOrEmpty
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module MirrorValidate -CommandType Cmdlet).Verb | ForEach-Object { $_ | Should -BeIn $approved }
    }

    It '<Command> says that it gives <Type>' -ForEach @(
        @{ Command = 'Test-MirrorImage'; Type = 'MirrorImageResult' }
        @{ Command = 'Get-ManifestList'; Type = 'ManifestListInfo' }
        @{ Command = 'Get-ImageTag'; Type = 'ImageTagInfo' }
        @{ Command = 'Import-MirrorList'; Type = 'MirrorImage' }
        @{ Command = 'Export-MirrorList'; Type = 'Void' }
        @{ Command = 'Get-StoreImage'; Type = 'StoreImage' }
        @{ Command = 'Save-MirrorSource'; Type = 'SavedSource' }
        @{ Command = 'Import-MirrorResult'; Type = 'MirrorImageResult' }
    ) {
        (Get-Command $Command).OutputType.Name | ForEach-Object { $_.Split('.')[-1] } | Should -Contain $Type
    }

    It 'finds <Parameter> by the flag -<Flag> of image-tools' -ForEach @(
        @{ Flag = 'f'; Parameter = 'Path' }
        @{ Flag = 's'; Parameter = 'SourceRegistry' }
        @{ Flag = 'd'; Parameter = 'DestinationRegistry' }
        @{ Flag = 'a'; Parameter = 'Architecture' }
        @{ Flag = 'os'; Parameter = 'OS' }
        @{ Flag = 'p'; Parameter = 'Platform' }
        @{ Flag = 'j'; Parameter = 'ThrottleLimit' }
        @{ Flag = 'o'; Parameter = 'FailedListPath' }
        @{ Flag = 'debug'; Parameter = 'Debug' }
    ) {
        $command = Get-Command Test-MirrorImage
        $command.ResolveParameter($Flag).Name | Should -Be $Parameter
        @($command.Parameters[$Parameter].Aliases) + 'debug', 'os' | Should -Contain $Flag
    }

    It 'is imported again with <_>, and its commands are still its own' -ForEach @(
        { Import-Module $manifest -Force -Global }
        { Import-Module $manifest -Global; Import-Module $manifest -Global }
        { Remove-Module MirrorValidate; Import-Module $manifest -Global }
        { Remove-Module MirrorValidate; Import-Module $manifest -Global; Import-Module $manifest -Force -Global }
    ) {
        . $_
        (Get-Command -Module MirrorValidate).Name | Sort-Object |
            Should -Be 'Compare-MirrorReport', 'Export-MirrorList', 'Export-MirrorReport', 'Export-MirrorResult', 'Get-ImageTag', 'Get-ManifestList',
                'Get-StoreImage', 'Import-MirrorList', 'Import-MirrorResult', 'mirror-validate', 'Save-MirrorSource', 'Test-MirrorImage'
        $asBefore = 'mirror-validate'
        & $asBefore -InputObject (Get-DemoLine alpine $registry) -Quiet -NoFailedList | Should -BeTrue
    }

    It 'leaves nothing of its own in the session when it is removed' {
        Remove-Module MirrorValidate
        try {
            Get-Command Test-MirrorImage, mirror-validate -ErrorAction Ignore | Should -BeNullOrEmpty
        }
        finally {
            Import-Module $manifest -Global
        }
    }
}

Describe 'Completion' {
    BeforeAll {
        Set-Content "$env:DOCKER_CONFIG/config.json" @'
{ "auths": { "https://index.docker.io/v1/": {}, "login.example:5000": { "auth": "eDp5" } }, "credHelpers": { "helper.example": "none" } }
'@
        $authFile = $env:REGISTRY_AUTH_FILE
        $env:REGISTRY_AUTH_FILE = $null
        Set-Content list.txt '# comment', 'source.example:5000/a destination.example/b c', 'unreadable', 'alpine alpine 3.20', '[::1]:5001/x y z'
    }

    AfterAll { $env:REGISTRY_AUTH_FILE = $authFile }

    It 'of "<Line>" offers <Expected>' -ForEach @(
        @{ Line = 'Test-MirrorImage -Architecture '; Expected = "amd64 arm64 arm '386' ppc64le s390x riscv64 loong64 mips64le *" }
        @{ Line = 'Test-MirrorImage -a ar'; Expected = 'arm64 arm' }
        @{ Line = 'Test-MirrorImage -a amd64,s'; Expected = 's390x' }
        @{ Line = "Test-MirrorImage -a 'p"; Expected = 'ppc64le' }
        @{ Line = 'Get-ManifestList x -Architecture amd64, riscv'; Expected = 'riscv64' }
        @{ Line = 'Test-MirrorImage -Comparison '; Expected = 'Digest ManifestList Platform' }
        @{ Line = 'Test-MirrorImage -Comparison p'; Expected = 'Platform' }
        @{ Line = 'Test-MirrorImage -Depth '; Expected = 'Blob Content List Manifest' }
        @{ Line = 'Import-MirrorList x -Format '; Expected = 'Auto Csv Dregsy Hauler ImageSyncer List OcMirror OpenShift RancherImageMirror References RegSync SkopeoSync Zarf' }
        @{ Line = 'Test-MirrorImage -s '; Expected = 'docker.io helper.example login.example:5000' }
        @{ Line = 'Test-MirrorImage -d l'; Expected = 'login.example:5000' }
        @{ Line = 'Get-ManifestList x -InsecureRegistry login'; Expected = 'login.example:5000' }
        @{ Line = 'Test-MirrorImage -TrustedRealm h'; Expected = 'helper.example' }
        @{ Line = 'Test-MirrorImage -f list.txt -s '; Expected = "source.example:5000 '[::1]:5001' docker.io helper.example login.example:5000" }
        @{ Line = 'Test-MirrorImage -f ./lis*.txt -d '; Expected = 'destination.example docker.io helper.example login.example:5000' }
        @{ Line = 'Test-MirrorImage -LiteralPath list.txt -DestinationRegistry de'; Expected = 'destination.example' }
        @{ Line = 'Test-MirrorImage -f list.txt -InsecureRegistry '; Expected = "source.example:5000 destination.example '[::1]:5001' docker.io helper.example login.example:5000" }
        @{ Line = 'Test-MirrorImage -f missing.txt -s '; Expected = 'docker.io helper.example login.example:5000' }
    ) {
        "$(Get-Completion $Line)" | Should -Be $Expected
    }

    It 'offers docker.io, and breaks nothing, where the credential file cannot be read' {
        Set-Content "$env:DOCKER_CONFIG/config.json" 'no JSON'
        Get-Completion 'Test-MirrorImage -s ' | Should -Be 'docker.io'
    }

    It 'offers the files for -Path' {
        Set-Content image-list.txt ''
        Get-Completion 'Test-MirrorImage -Path ./image' | Should -BeLike '*image-list.txt*'
        Get-Completion 'Import-MirrorList ./image' | Should -BeLike '*image-list.txt*'
    }
}
