BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $null = Enter-TestBed $TestDrive
}

AfterAll { Exit-TestBed }

Describe 'Get-Help <_>' -ForEach 'Test-MirrorImage', 'Get-ManifestList', 'Import-MirrorList', 'Export-MirrorList' {
    BeforeAll { $help = Get-Help $_ -Full }

    It 'says what the command does' {
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $own = (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
        $described = $help.parameters.parameter | Where-Object { "$($_.description.Text)" -match '\w{3,}' }
        $own | Where-Object { $_ -notin 'WhatIf', 'Confirm' } | Should -BeIn $described.name
    }

    It 'explains a single parameter' {
        $first = @($help.parameters.parameter)[0].name
        Get-Help $_ -Parameter $first | Out-String | Should -Match "^\s*-$first\b[\s\S]+\w{3,}"
    }

    It 'has three examples with their output, or more' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
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

    It 'explains the concepts in about_MirrorValidate' {
        $text = Get-Help about_MirrorValidate | Out-String
        foreach ($word in 'COMPARISON MODES', 'THE FAILED LIST', 'EXIT CODES', 'COMING FROM IMAGE-TOOLS') { $text | Should -Match $word }
    }
}
