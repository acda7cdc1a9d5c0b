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

    It 'has the lines of image-tools on the Verbose stream, the summary last' {
        $lines = Get-DemoLine alpine, registry $registry | Test-MirrorImage -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$($lines | Where-Object Message -CLike '*PASS*')" |
            Should -Match "^\d\d:\d\d:\d\d \[INFO\] \[M_ID:1\] PASS \[$registry/library/alpine:3\.20\] == \[$registry/mirror/alpine:3\.20\]$"
        "$($lines | Where-Object Message -CLike '*FAILED*')" | Should -Match "\[ERRO\] \[M_ID:2\] FAILED \[$registry/library/registry:2\.8\]$"
        "$lines" | Should -BeLike '*`[ERRO`] `[M_ID:2`] Validate failed: destination manifest does not exists*'
        $lines[-1].Message | Should -Match '^\d\d:\d\d:\d\d \[INFO\] 1 passed, 1 failed, 0 errors in \d+\.\d s$'
    }

    It 'shows both specs of a mismatch' {
        $result, $lines = (Get-DemoLine postgres $registry | Test-MirrorImage -Architecture amd64 -Verbose 4>&1).Where({ $_ -isnot [System.Management.Automation.VerboseRecord] }, 'Split')
        foreach ($spec in @{ Name = 'srcSpec'; Digest = $result.SourceSpec.Digest }, @{ Name = 'dstSpec'; Digest = $result.DestinationSpec.Digest }) {
            $expected = '[ERRO] [M_ID:1] {0}: [
    {{
        "digest": "{1}",
        "platform": {{
            "architecture": "amd64",
            "os": "linux"
        }}
    }}
]' -f $spec.Name, $spec.Digest
            $lines.Where{ $_.Message.EndsWith($expected.Replace("`r`n", "`n")) } | Should -HaveCount 1
        }
    }

    It 'has the requests on the Debug stream' {
        $lines = Get-DemoLine alpine $registry | Test-MirrorImage -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        $lines[0].Message | Should -Match '^\d\d:\d\d:\d\d \[DEBU\] \[M_ID:1\] '
        "$($lines.Message)" | Should -Match '/v2/library/alpine/manifests/3\.20'
    }

    It 'is shown as preferences say: <Run>' -ForEach @(
        @{ Verbose = $true; Debug = $false; Run = { $VerbosePreference = 'Continue'; $line | Test-MirrorImage } }
        @{ Verbose = $false; Debug = $false; Run = { $VerbosePreference = 'Continue'; $line | Test-MirrorImage -Verbose:$false } }
        @{ Verbose = $false; Debug = $true; Run = { $DebugPreference = 'Continue'; $line | Test-MirrorImage } }
        @{ Verbose = $true; Debug = $false; Run = { $PSDefaultParameterValues = @{ 'Test-MirrorImage:Verbose' = $true }; $line | Test-MirrorImage } }
    ) {
        $line = Get-DemoLine alpine $registry
        $all = & $Run *>&1
        [bool] $all.Where{ $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -clike '*PASS*' } | Should -Be $Verbose
        [bool] $all.Where{ $_ -is [System.Management.Automation.DebugRecord] } | Should -Be $Debug
    }
}

Describe 'The log in a file' {
    BeforeAll {
        $event = '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(DEBU|INFO|WARN|ERRO)\] \S'
        $options = @{ LogPath = './run.log'; ErrorAction = 'SilentlyContinue' }
    }

    BeforeEach { Remove-Item run.log -ErrorAction Ignore }

    It 'has all levels, one line an event, whatever the streams show' {
        $all = @(Get-DemoLine alpine, postgres $registry) + 'an unreadable list line' | Test-MirrorImage @options *>&1
        $all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -or $_ -is [System.Management.Automation.DebugRecord] } | Should -BeNullOrEmpty
        $lines = Get-Content run.log
        $lines | Should -Match $event
        $lines | ForEach-Object { [regex]::Match($_, $event).Groups[1].Value } | Sort-Object -Unique | Should -Be 'DEBU', 'ERRO', 'INFO'
        "$lines" | Should -Match '\[M_ID:1\] PASS \['
        "$lines" | Should -Match '\[M_ID:2\] FAILED \['
        $lines[-1] | Should -Match '\[INFO\] 1 passed, 1 failed, 1 error in '
    }

    It 'leaves the streams as they are' {
        $all = Get-DemoLine alpine $registry | Test-MirrorImage @options -Verbose *>&1
        $all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -Not -BeNullOrEmpty
        $all | Where-Object { $_ -is [System.Management.Automation.DebugRecord] } | Should -BeNullOrEmpty
    }

    It 'has specs as JSON in the line' {
        $null = Get-DemoLine postgres $registry | Test-MirrorImage @options
        foreach ($name in 'srcSpec: ', 'dstSpec: ') {
            $lines = @(Get-Content run.log) -like "*$name*"
            $lines | Should -HaveCount 1
            $line = $lines[0]
            $specs = $line.Substring($line.IndexOf($name) + $name.Length) | ConvertFrom-Json
            $specs | Should -HaveCount 2
            $specs[0].platform.architecture | Should -Be 'amd64'
        }
    }

    It 'is appended to, as UTF-8 without byte order mark' {
        $before, $line = "gr$([char]0xF6)$([char]0xDF)er", "gr$([char]0xF6)$([char]0xDF)e ist falsch"
        Set-Content run.log $before -NoNewline
        $null = $line | Test-MirrorImage @options
        $null = Get-DemoLine alpine $registry | Test-MirrorImage @options
        $lines = Get-Content run.log
        $lines[0] | Should -BeExactly $before
        $lines | Select-Object -Skip 1 | Should -Match $event
        $lines -like '* passed, *' | Should -HaveCount 2
        $lines -like "*FAILED ``[$line``]" | Should -HaveCount 1
        Get-Content run.log -AsByteStream -TotalCount 1 | Should -Be ([byte][char] 'g')
    }

    It 'has no line or colour that a list has forged' {
        $escape, $bell = [char] 27, [char] 7
        $null = "$escape[31mred $bell `r bell and so on" | Test-MirrorImage @options
        Get-Content run.log | Should -Match $event
        Get-Content run.log -Raw | Should -Not -Match '[\p{Cc}-[\n]]'
    }
}

Describe 'The summary' {
    It 'counts, and names the failed list' {
        $lines = @(Get-DemoLine alpine, nginx, postgres $registry) + "$registry/library/nope $registry/mirror/nope v1"
        $null = $lines | Test-MirrorImage -j 4 -NoFailedList:$false -InformationVariable information -ErrorAction SilentlyContinue
        $failedList = Join-Path $TestDrive mirror-validate-failed.txt
        $information | Should -HaveCount 1
        $information[0].Tags | Should -Be 'MirrorValidate.Summary'
        "$information" | Should -Match '^2 passed, 1 failed, 1 error in \d+\.\d s; failed list: \S+$'
        "$information".EndsWith("; failed list: $failedList") | Should -BeTrue
        $summary = $information[0].MessageData
        $summary.Passed, $summary.Failed, $summary.Errors, $summary.FailedListPath | Should -Be 2, 1, 1, $failedList
        $summary.UnreadLists | Should -BeNullOrEmpty
    }

    It 'counts the lists that were not read, and -Quiet is false: <_>' -ForEach 'nowhere.txt', 'nowhere*.txt', 'Env:/PATH' {
        Get-DemoLine alpine $registry | Set-Content right.txt
        $isRight = Test-MirrorImage right.txt, $_ -NoFailedList -Quiet -InformationVariable information -ErrorAction SilentlyContinue
        $isRight | Should -BeFalse
        "$information" | Should -Match '^1 passed, 0 failed, 0 errors, 1 list not read in \d+\.\d s$'
        $information[0].MessageData.UnreadLists | Should -HaveCount 1
        $information[0].MessageData.UnreadLists[0] | Should -BeLike "cannot read the image list $_*"
        $null = Test-MirrorImage right.txt, $_, gone.txt -NoFailedList -InformationVariable information -ErrorAction SilentlyContinue
        "$information" | Should -BeLike '1 passed, 0 failed, 0 errors, 2 lists not read in *'
    }

    It 'counts list files from the pipeline that were not read' {
        Set-Content broken.yml 'version: 1', 'sync:', "  - {source: $registry/library/alpine:3.20, target: $registry/mirror/alpine:3.20, type: image}", '  - {{'
        Get-Item broken.yml | Test-MirrorImage -NoFailedList -Quiet -InformationVariable information -ErrorAction SilentlyContinue | Should -BeFalse
        "$information" | Should -BeLike '*, 1 list not read in *'
    }

    It 'says what a comma in a path may mean' {
        Test-MirrorImage a.txt,b.txt -NoFailedList -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -Not -BeLike '*pwsh -File*'
        Test-MirrorImage 'a.txt,b.txt' -NoFailedList -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -BeLike '*pwsh -File passes a,b as one name*'
    }

    It 'names no failed list where there is none: <Name>, -NoFailedList <Without>' -ForEach @{ Name = 'alpine'; Without = $false }, @{ Name = 'postgres'; Without = $true } {
        $null = Get-DemoLine $Name $registry | Test-MirrorImage -NoFailedList:$Without -InformationVariable information
        "$information" | Should -Match '^\d passed, \d failed, 0 errors in \d+\.\d s$'
    }

    It 'comes after the last result, and with -Quiet too' {
        $all = Get-DemoLine alpine, postgres $registry | Test-MirrorImage 6>&1
        $all[0, 1].Status | Should -Be 'Passed', 'Failed'
        $all[2] | Should -BeOfType System.Management.Automation.InformationRecord
        $null = Get-DemoLine alpine $registry | Test-MirrorImage -Quiet -InformationVariable information
        $information | Should -HaveCount 1
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
        $problems[0].TargetObject.GetType().FullName | Should -Be 'MirrorValidate.ImageLists.MirrorImage'
        $problems[0].TargetObject.Source, $problems[0].TargetObject.Tag | Should -Be "$registry/library/nope", 'v1'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problems[1].CategoryInfo.Category | Should -Be 'ParserError'
    }

    It 'follow their results, and come for nothing else' {
        $lines = (Get-DemoLine alpine $registry), $missing, (Get-DemoLine postgres $registry), 'an unreadable list line'
        $all = $lines | Test-MirrorImage -PreserveOrder -ErrorAction Continue 2>&1
        $all | ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? 'record' : "$($_.Status)" } |
            Should -Be 'Passed', 'Error', 'record', 'Failed', 'Error', 'record'
    }

    It 'make $? false, and are kept by -ErrorVariable beside the results of -OutVariable' {
        $shown = $missing, (Get-DemoLine alpine $registry) | Test-MirrorImage -ErrorAction SilentlyContinue -ErrorVariable problems -OutVariable results
        $? | Should -BeFalse
        $shown.Status | Should -Be 'Error', 'Passed'
        $problems.Count, $results.Count | Should -Be 1, 2
        $null = Get-DemoLine postgres $registry | Test-MirrorImage -ErrorVariable problems
        $? | Should -BeTrue
        $problems | Should -BeNullOrEmpty
    }

    It 'are not there with -ErrorAction Ignore, but their results are' {
        $before = $Error.Count
        ($missing | Test-MirrorImage -ErrorAction Ignore).Reason | Should -Be 'SourceNotFound'
        $Error.Count | Should -Be $before
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

    It 'do not tell secrets' {
        $closed = Open-TestRegistry -Option '--user', 'me:secret'
        $credential = [pscredential]::new('me', [System.Net.NetworkCredential]::new('', 'wrong-hush').SecurePassword)
        $all = Get-DemoLine alpine $closed | Test-MirrorImage -SourceCredential $credential -Verbose -Debug -ErrorAction Continue *>&1 | Out-String
        $all | Should -Match 'Unauthorized'
        $all | Should -Not -Match 'hush'
        $all | Should -Not -Match ([System.Convert]::ToBase64String([byte[]][char[]]'me:wrong-hush'))
    }
}
