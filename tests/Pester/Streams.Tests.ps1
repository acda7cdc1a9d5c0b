BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    Exit-TestBed
}

Describe 'The log' {
    It 'is silent by default' {
        $all = Get-DemoLine alpine, postgres $registry | Test-MirrorImage *>&1
        $all | Where-Object { $_ -isnot [System.Management.Automation.InformationRecord] } | Should -HaveCount 2
    }

    It 'has the lines of image-tools on the Verbose stream' {
        $lines = Get-DemoLine alpine, postgres $registry | Test-MirrorImage -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$($lines | Where-Object Message -CLike '*PASS*')" |
            Should -Match "^\d\d:\d\d:\d\d \[INFO\] \[M_ID:1\] PASS \[$registry/library/alpine:3\.20\] == \[$registry/mirror/alpine:3\.20\]$"
        "$($lines | Where-Object Message -CLike '*FAILED*')" | Should -Match '\[M_ID:2\] FAILED \['
        "$($lines | Where-Object Message -Like '*srcSpec*')" | Should -Match '\[M_ID:2\] srcSpec: \[\r?\n'
    }

    It 'has the requests on the Debug stream' {
        $lines = Get-DemoLine alpine $registry | Test-MirrorImage -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        $lines[0].Message | Should -Match '^\d\d:\d\d:\d\d \[DEBU\] \[M_ID:1\] '
        "$($lines.Message)" | Should -Match '/v2/library/alpine/manifests/3\.20'
    }

    It 'is kept in a file, one line an event, appended' {
        $null = Get-DemoLine postgres $registry | Test-MirrorImage -LogPath ./run.log
        $first = Get-Content run.log
        $null = Get-DemoLine alpine $registry | Test-MirrorImage -LogPath ./run.log
        $lines = Get-Content run.log
        $lines | Select-Object -First $first.Count | Should -Be $first
        $lines | ForEach-Object { $_ | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(INFO|WARN|ERRO|DEBU)\] ' }
        $lines | Where-Object { $_ -match 'srcSpec: \[\{"digest"' } | Should -HaveCount 1
    }
}

Describe 'The summary' {
    It 'comes last, as an information record that is tagged' {
        $null = Get-DemoLine alpine, postgres, etcd $registry | Test-MirrorImage -InformationVariable information
        $information | Should -HaveCount 1
        $information[0].Tags | Should -Contain 'MirrorValidate.Summary'
        "$information" | Should -Match '^1 passed, 2 failed, 0 errors in [\d.]+ s$'
        $information[0].MessageData.Failed | Should -Be 2
    }

    It 'names the failed list' {
        $null = Get-DemoLine postgres $registry | Test-MirrorImage -NoFailedList:$false -InformationVariable information
        "$information" | Should -BeLike "*; failed list: *mirror-validate-failed.txt"
    }

    It 'is shown with -InformationAction Continue' {
        $shown = Get-DemoLine alpine $registry | Test-MirrorImage -InformationAction Continue 6>&1
        "$($shown[-1])" | Should -BeLike '1 passed, *'
    }
}

Describe 'Errors' {
    BeforeAll {
        $missing = "$registry/library/nope $registry/mirror/nope v1"
        $null = Get-DemoLine alpine $registry | Set-Content there.txt
    }

    It 'come one for each Error result, with id, category, target and advice' {
        $results = $missing, 'a b c d e' | Test-MirrorImage -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.Status | Should -Be 'Error', 'Error'
        $problems | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Should -Be ($results.Reason | ForEach-Object { "$_,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand" })
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject.Tag | Should -Be 'v1'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problems[1].CategoryInfo.Category | Should -Be 'ParserError'
    }

    It 'do not come for what merely failed' {
        $null = Get-DemoLine postgres $registry | Test-MirrorImage -ErrorVariable problems
        $? | Should -BeTrue
        $problems | Should -BeNullOrEmpty
    }

    It 'make $? false' {
        $null = $missing | Test-MirrorImage -ErrorAction SilentlyContinue
        $? | Should -BeFalse
    }

    It 'end the run with -ErrorAction Stop, after the result' {
        $seen = [System.Collections.Generic.List[object]]::new()
        { $missing, (Get-DemoLine alpine $registry) | Test-MirrorImage -ErrorAction Stop | ForEach-Object { $seen.Add($_) } } |
            Should -Throw -ErrorId 'SourceNotFound,*'
        $seen.Status | Should -Be 'Error'
    }

    It 'of a list that is not there leave the others alone' {
        $results = Test-MirrorImage -Path ./nowhere.txt, ./there.txt -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.Status | Should -Be 'Passed'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ImageListUnreadable,*'
        $problems[0].TargetObject | Should -Be './nowhere.txt'
    }

    It '-<Parameter> <Value> ends the run at once: <Id>' -ForEach @(
        @{ Parameter = 'SourceRegistry'; Value = 'not a host'; Id = 'InvalidRegistry' }
        @{ Parameter = 'Architecture'; Value = ','; Id = 'InvalidArchitecture' }
        @{ Parameter = 'DefaultProject'; Value = 'Not Lower'; Id = 'InvalidProject' }
        @{ Parameter = 'TimeoutSec'; Value = 0; Id = 'ParameterArgumentValidationError' }
        @{ Parameter = 'Comparison'; Value = 'Guess'; Id = 'CannotConvertArgumentNoMessage' }
    ) {
        $options = @{ $Parameter = $Value }
        { Get-DemoLine alpine $registry | Test-MirrorImage @options } | Should -Throw -ErrorId "$Id,*"
    }

    It 'do not tell secrets' {
        $closed = Open-TestRegistry -Option '--user', 'me:secret'
        $credential = [pscredential]::new('me', [System.Net.NetworkCredential]::new('', 'wrong-hush').SecurePassword)
        $all = Get-DemoLine alpine $closed | Test-MirrorImage -SourceCredential $credential -Verbose -Debug -ErrorAction Continue *>&1 | Out-String
        $all | Should -Match 'Unauthorized'
        $all | Should -Not -Match 'hush'
        $all | Should -Not -Match ([System.Convert]::ToBase64String([byte[]][char[]]'me:wrong-hush'))
    }
}
