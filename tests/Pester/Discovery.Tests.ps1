BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive

    function Get-Completion([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText }
}

AfterAll { Exit-TestBed }

Describe 'What the module offers' {
    It 'exports four cmdlets and one alias' {
        (Get-Command -Module MirrorValidate -CommandType Cmdlet).Name | Sort-Object |
            Should -Be 'Export-MirrorList', 'Get-ManifestList', 'Import-MirrorList', 'Test-MirrorImage'
        (Get-Command -Module MirrorValidate -CommandType Alias).Name | Should -Be 'mirror-validate'
        (Get-Command -Module MirrorValidate).Count | Should -Be 5
    }

    It 'has a manifest that Test-ModuleManifest accepts without a word' {
        $manifest = Test-ModuleManifest (Get-Module MirrorValidate).Path.Replace('.psm1', '.psd1') -WarningVariable warnings
        $manifest.PowerShellVersion | Should -Be '7.4'
        $warnings | Should -BeNullOrEmpty
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module MirrorValidate -CommandType Cmdlet).Verb | ForEach-Object { $_ | Should -BeIn $approved }
    }

    It '<Command> says that it gives <Type>' -ForEach @(
        @{ Command = 'Test-MirrorImage'; Type = 'MirrorImageResult' }
        @{ Command = 'Get-ManifestList'; Type = 'ManifestListInfo' }
        @{ Command = 'Import-MirrorList'; Type = 'MirrorImage' }
        @{ Command = 'Export-MirrorList'; Type = 'Void' }
    ) {
        (Get-Command $Command).OutputType.Name | ForEach-Object { $_.Split('.')[-1] } | Should -Contain $Type
    }

    It 'finds <Parameter> by the flag -<Flag> of image-tools' -ForEach @(
        @{ Flag = 'f'; Parameter = 'Path' }
        @{ Flag = 's'; Parameter = 'SourceRegistry' }
        @{ Flag = 'd'; Parameter = 'DestinationRegistry' }
        @{ Flag = 'a'; Parameter = 'Architecture' }
        @{ Flag = 'j'; Parameter = 'ThrottleLimit' }
        @{ Flag = 'o'; Parameter = 'FailedListPath' }
        @{ Flag = 'debug'; Parameter = 'Debug' }
    ) {
        (Get-Command Test-MirrorImage).ResolveParameter($Flag).Name | Should -Be $Parameter
    }

    It 'is imported again with -Force, and its commands are still its own' {
        Import-Module (Get-Module MirrorValidate).Path.Replace('.psm1', '.psd1') -Force -Global
        (Get-Command -Module MirrorValidate).Count | Should -Be 5
        Get-DemoLine alpine $registry | Test-MirrorImage -Quiet -NoFailedList | Should -BeTrue
    }

    It 'leaves nothing of its own in the session when it is removed' {
        $manifest = (Get-Module MirrorValidate).Path.Replace('.psm1', '.psd1')
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
    It 'offers the architectures, the usual first' {
        Get-Completion 'Test-MirrorImage -Architecture ' | Select-Object -First 2 | Should -Be 'amd64', 'arm64'
        Get-Completion 'Test-MirrorImage -a s3' | Should -Be 's390x'
        Get-Completion 'Get-ManifestList x -Architecture amd64, pp' | Should -Be 'ppc64le'
    }

    It 'offers the comparison modes' {
        Get-Completion 'Test-MirrorImage -Comparison ' | Sort-Object | Should -Be 'Digest', 'ManifestList', 'Platform'
    }

    It 'offers the registries of the list that the line names' {
        Set-Content list.txt 'one.example/a two.example:5000/a v1'
        Get-Completion 'Test-MirrorImage -Path ./list.txt -SourceRegistry ' | Should -Contain 'one.example'
        Get-Completion 'Test-MirrorImage -f ./list.txt -d t' | Should -Be 'two.example:5000'
    }

    It 'offers the registries that there is a login for' {
        Set-Content "$env:DOCKER_CONFIG/config.json" '{ "auths": { "login.example": { "auth": "eDp5" } } }'
        Get-Completion 'Test-MirrorImage -d l' | Should -Contain 'login.example'
        Get-Completion 'Get-ManifestList -InsecureRegistry ' | Should -Contain 'login.example'
    }

    It 'offers the files for -Path' {
        Set-Content image-list.txt ''
        Get-Completion 'Test-MirrorImage -Path ./image' | Should -BeLike '*image-list.txt*'
        Get-Completion 'Import-MirrorList ./image' | Should -BeLike '*image-list.txt*'
    }
}
