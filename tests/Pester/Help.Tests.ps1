BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $null = Enter-TestBed $TestDrive
}

AfterAll { Exit-TestBed }

Describe 'Get-Help <_>' -ForEach 'Test-MirrorImage', 'Get-ManifestList', 'Get-ImageTag', 'Import-MirrorList', 'Export-MirrorList', 'Get-StoreImage', 'Save-MirrorSource', 'Import-MirrorResult', 'Export-MirrorResult', 'Export-MirrorReport',
    'Compare-MirrorReport' {
    BeforeAll { $help = Get-Help $_ -Full }

    It 'says what the command does' {
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        $help.Synopsis | Should -Not -BeLike '*<CommonParameters>*'
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'explains a single parameter' {
        $first = @($help.parameters.parameter)[0].name
        Get-Help $_ -Parameter $first | Out-String | Should -Match "^\s*-$first\b[\s\S]+\w{3,}"
    }

    It 'has three worked examples with their output, or more' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeIn (3..20)
        for ($number = 1; $number -le $examples.Count; $number++) {
            $examples[$number - 1].title | Should -Match "\bExample ${number}: "
            $examples[$number - 1].code | Should -Match '^PS> '
            "$($examples[$number - 1].remarks.Text)" | Should -Match '\w'
        }
        $examples.code.Where{ $_ -match '(?m)^(?!PS> )' }.Count | Should -BeGreaterOrEqual 3
        $help.examples | Out-String | Should -Match "PS> .*$_"
    }

    It 'says what goes in, what comes out and where to read on' {
        $text = $help | Out-String -Width 120
        foreach ($heading in 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') { $text | Should -Match "(?m)^$heading" }
    }
}

Describe 'Help at hand' {
    It 'answers -? without running' {
        Test-MirrorImage -? | Out-String | Should -Match 'SYNTAX[\s\S]+Test-MirrorImage \[-Path\]'
    }

    It 'is found by the alias of image-tools' {
        (Get-Help mirror-validate).Name | Should -Be 'Test-MirrorImage'
    }
}
