BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
    Get-DemoLine alpine, postgres, haproxy $registry | Set-Content list.txt
    $results = Test-MirrorImage list.txt -PreserveOrder -Explain
    $passed = $results | Where-Object Status -EQ Passed

    # A report in JSON, without what differs from one to the next.
    function Read-Report([string] $Path) {
        $report = Get-Content $Path -Raw | ConvertFrom-Json -AsHashtable -DateKind String
        $report.Remove('created')
        $report
    }
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    Exit-TestBed
}

Describe 'Results' {
    It 'say how they were come by' {
        $settings = (Get-DemoLine alpine $registry | Test-MirrorImage -Platform linux/amd64 -Comparison Digest -Depth Blob -IncludeReferrer).Settings
        $settings.Platform, $settings.Comparison, $settings.Depth | Should -Be 'linux/amd64', 'Digest', 'Blob'
        $settings.IncludeReferrer, $settings.IncludeAttestation | Should -Be $true, $false
        $settings.Version | Should -Be (Get-Module MirrorValidate).Version
    }

    It 'say when' {
        $results[0].Time | Should -BeGreaterThan ([datetime]::Now.AddMinutes(-10))
        $results[0].Time | Should -BeLessOrEqual ([datetime]::Now)
    }

    It 'do not show that in their views' {
        $results[0] | Out-String | Should -Not -Match 'Settings|ManifestList'
        $results[0] | Format-List | Out-String -Width 200 | Should -Not -Match 'Settings|Time '
    }
}

Describe 'Export-MirrorReport' {
    It 'says of which shards the results are' {
        $lines = Get-DemoLine -Registry $registry
        $parts = 1, 2 | ForEach-Object { , ($lines | Test-MirrorImage -Shard "$_/2" -ErrorAction Ignore) }
        $parts[0] | Export-MirrorReport part.md
        Get-Content part.md -Raw | Should -Match '1/2: not of the whole list'
        $parts | ForEach-Object { $_ } | Export-MirrorReport whole.md
        Get-Content whole.md -Raw | Should -Match 'Shards[^\n]*all 2'
    }

    It 'takes a result file as its baseline' {
        $results | Export-MirrorResult baseline.jsonl -Force
        $results | Export-MirrorReport compared.json -Baseline baseline.jsonl
        (Get-Content compared.json -Raw | ConvertFrom-Json).changes.change | Select-Object -Unique | Should -Be StillFailed
        $results | Where-Object Status -NE Passed | Compare-MirrorReport baseline.jsonl | Where-Object Change -EQ Gone | Should -HaveCount @($passed).Count
    }

    It 'makes the same report of results that went through <Way>' -ForEach @(
        @{ Way = 'Export-Clixml'; Keep = { $input | Export-Clixml kept.xml; Import-Clixml kept.xml } }
        @{ Way = 'ConvertTo-Json'; Keep = { $input | ConvertTo-Json -Depth 6 | ConvertFrom-Json } }
        @{ Way = 'a JSON report'; Keep = { $input | Export-MirrorReport kept.json; Get-Content kept.json -Raw | ConvertFrom-Json } }
        @{ Way = 'a JSON report, result by result'; Keep = { $input | Export-MirrorReport kept.json; (Get-Content kept.json -Raw | ConvertFrom-Json).results } }
        @{ Way = 'a job'; Keep = { foreach ($one in $input) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($one, 1)) } } }
    ) {
        $results | Export-MirrorReport live.json
        $results | & $Keep | Export-MirrorReport back.json
        Read-Report back.json | ConvertTo-Json -Depth 9 | Should -BeExactly (Read-Report live.json | ConvertTo-Json -Depth 9)
    }

    It 'makes nearly the same of results that went through Export-Csv in <_>' -ForEach '', 'de-DE', 'en-GB' {
        $culture = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
        try {
            $results | Export-Csv kept.csv
            Import-Csv kept.csv | Export-MirrorReport back.json
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        $back = Get-Content back.json -Raw | ConvertFrom-Json
        $back.verdict, $back.settings.comparison, $back.results[1].reason | Should -Be 'Failed', 'ManifestList', 'SpecMismatch'
        $back.results[1].sourceSpec[1].platform.variant | Should -Be 'v8'
        $back.results[0].proof.level, $back.results[0].proof.manifests | Should -Be 'Manifest', 2
        $back.results[1].differences[0].kind | Should -Be $results[1].Differences[0].Kind
        $back.results[1].differences[0].remedy | Should -Not -BeNullOrEmpty
        [math]::Abs(($back.results[0].time - $results[0].Time).TotalSeconds) | Should -BeLessThan 1.1
    }

    It 'takes the format from the extension, or from -Format' {
        $results | Export-MirrorReport r.htm
        Get-Content r.htm -First 1 | Should -Be '<!doctype html>'
        $results | Export-MirrorReport r.XML
        ([xml](Get-Content r.XML -Raw)).testsuites.tests | Should -Be 3
        $results | Export-MirrorReport r.md
        Get-Content r.md -First 1 | Should -Be '# Mirror report'
        $results | Export-MirrorReport r.xml -Format Markdown -Title 'A B'
        Get-Content r.xml -First 1 | Should -Be '# A B'
        { $results | Export-MirrorReport r.docx } | Should -Throw -ErrorId 'ReportFormatUnknown,*'
        Test-Path r.docx | Should -BeFalse
    }

    It 'replaces a file, unless -NoClobber, -WhatIf or an error stops it' {
        Set-Content r.html old
        { $results | Export-MirrorReport r.html -NoClobber } | Should -Throw -ErrorId 'ReportExists,*'
        $results | Export-MirrorReport r.html -WhatIf
        { $results, 'no result' | Export-MirrorReport r.html } | Should -Throw -ErrorId 'NoResult,*'
        { & { $results; throw 'upstream' } | Export-MirrorReport r.html } | Should -Throw upstream
        Get-Content r.html | Should -Be old
        $results | Export-MirrorReport r.html
        Get-Content r.html | Should -Not -Be old
        Get-ChildItem -Force | Where-Object Name -Match 'r\.html\.|mirror-report' | Should -BeNullOrEmpty
    }

    It 'says at once that it cannot write' {
        $started = $false
        { & { Set-Variable started $true -Scope 2; $results } | Export-MirrorReport nowhere/r.html } | Should -Throw -ErrorId 'ReportUnwritable,*'
        $started | Should -BeFalse
    }

    It 'returns the file with -PassThru, and nothing without' {
        $file = $results | Export-MirrorReport r.json -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Join-Path $PWD r.json)
        $results | Export-MirrorReport r.json | Should -BeNullOrEmpty
    }

    It 'is not green for <Name>' -ForEach @(
        @{ Name = 'nothing'; Export = { @() | Export-MirrorReport none.json } }
        @{ Name = 'null'; Export = { $null | Export-MirrorReport none.json } }
        @{ Name = 'an empty array'; Export = { Export-MirrorReport none.json -InputObject @() } }
    ) {
        & $Export
        (Get-Content none.json -Raw | ConvertFrom-Json).verdict | Should -Be 'NothingTested'
    }

    It 'knows of lists that were not read when the summary comes along' {
        Get-DemoLine alpine $registry | Set-Content good.txt
        Test-MirrorImage good.txt, nowhere.txt -ErrorAction SilentlyContinue 6>&1 | Export-MirrorReport r.json
        $report = Get-Content r.json -Raw | ConvertFrom-Json
        $report.verdict, $report.summary.passed | Should -Be 'NotProven', 1
        $report.unreadLists | Should -BeLike '*nowhere.txt*'
        $report | Export-MirrorReport again.json
        (Get-Content again.json -Raw | ConvertFrom-Json).unreadLists | Should -BeLike '*nowhere.txt*'
    }

    It 'gives a command that tests the entry again' {
        $results[1] | Export-MirrorReport r.xml
        $body = ([xml](Get-Content r.xml -Raw)).SelectSingleNode('//failure').InnerText
        $command = ($body -split "`n" -match '^Test again: ') -replace '^Test again: ' -replace ' \| Format-List$'
        $again = & ([scriptblock]::Create($command))
        $again.Reason, $again.Tag, "$($again.Settings)" | Should -Be $results[1].Reason, $results[1].Tag, "$($results[1].Settings)"
    }
}

Describe 'A baseline' {
    BeforeAll {
        $earlier = $results | Select-Object *
        $earlier[0].Status, $earlier[0].Reason = 'Error', 'TimedOut'
        $earlier[1].Status, $earlier[1].Reason = 'Passed', 'None'
        $gone = $passed | Select-Object *
        $gone.Tag = 'old'
        $earlier + $gone | Export-MirrorReport earlier.json
    }

    It 'is compared with, from <Name>' -ForEach @(
        @{ Name = 'a file'; Baseline = { 'earlier.json' } }
        @{ Name = 'a FileInfo'; Baseline = { Get-Item earlier.json } }
        @{ Name = 'results'; Baseline = { $earlier + $gone } }
        @{ Name = 'what ConvertFrom-Json reads'; Baseline = { Get-Content earlier.json -Raw | ConvertFrom-Json } }
    ) {
        $changes = $results | Compare-MirrorReport -Baseline (& $Baseline)
        $changes.Change | Should -Be 'Mended', 'NewlyFailed', 'StillFailed', 'Gone'
        $changes[1].Before.Status, $changes[1].After.Reason | Should -Be 'Passed', 'SpecMismatch'
        $changes[3].Tag, $changes[3].After | Should -Be 'old', $null
    }

    It 'says nothing of what passed both times' {
        $passed | Compare-MirrorReport $passed | Should -BeNullOrEmpty
    }

    It 'counts an entry that a list has twice twice' {
        ($passed, $passed | Compare-MirrorReport $passed).Change | Should -Be 'New'
        ($passed | Compare-MirrorReport $passed, $passed).Change | Should -Be 'Gone'
    }

    It 'shows changes in a table that fits 80 columns, also of what came back' {
        $changes = $results | Compare-MirrorReport earlier.json
        $changes | Export-Clixml changes.xml
        foreach ($some in $changes, (Import-Clixml changes.xml)) {
            $text = $some | Out-String -Width 80
            $text | Should -Match '(?m)^NewlyFailed library/postgres +16\.3 +Passed +SpecMismatch'
            $text -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        }
    }

    It 'gives changes that are entries of a list' {
        $results | Compare-MirrorReport earlier.json | Where-Object Change -EQ NewlyFailed | Export-MirrorList again.txt
        Get-Content again.txt | Should -Be (Get-DemoLine postgres $registry)
    }

    It 'is in every format' {
        $results | Export-MirrorReport r.json -Baseline earlier.json
        (Get-Content r.json -Raw | ConvertFrom-Json).changes.change | Should -Be 'NewlyFailed', 'StillFailed', 'Mended', 'Gone'
        foreach ($file in 'r.html', 'r.md', 'r.xml') {
            $results | Export-MirrorReport $file -Baseline earlier.json
            Get-Content $file -Raw | Should -Match 'newly failed'
        }
    }

    It 'that cannot be read is an error, and leaves the report as it was: <_>' -ForEach 'nowhere.json', 'list.txt', '.' {
        Set-Content r.html old
        { $results | Export-MirrorReport r.html -Baseline $_ } | Should -Throw -ErrorId 'BaselineUnreadable,*'
        { $results | Compare-MirrorReport $_ } | Should -Throw -ErrorId 'BaselineUnreadable,*'
        Get-Content r.html | Should -Be old
    }
}
