BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
    $lines = Get-DemoLine -Registry $registry

    function Get-Summary([object[]] $Record) { ($Record | Where-Object Tags -Contains MirrorValidate.Summary).MessageData }
    function Get-ErrorOf([scriptblock] $Script) {
        try { & $Script } catch { return $_ }
        throw 'no error'
    }
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    Exit-TestBed
}

Describe '-ResultPath' {
    BeforeEach { Remove-Item *.jsonl* }

    It 'keeps every result as a line that a JSON parser reads' {
        $results = $lines | Test-MirrorImage -ResultPath r.jsonl -ErrorAction Ignore
        $kept = Get-Content r.jsonl | ConvertFrom-Json
        $kept.line | Should -Be $results.Line
        $kept.status | Should -Be $results.Status
        $kept[0].settings.depth | Should -Be Manifest
    }

    It 'gives back the results themselves, with their views' {
        $results = $lines | Test-MirrorImage -ResultPath r.jsonl -ErrorAction Ignore -Explain -PreserveOrder
        $back = Import-MirrorResult r.jsonl
        $back[0].PSObject.TypeNames[0] | Should -Be MirrorValidate.Validation.MirrorImageResult
        $back | Sort-Object Id | Format-Table | Out-String | Should -BeExactly ($results | Format-Table | Out-String)
        $back | Sort-Object Id | Format-List | Out-String | Should -BeExactly ($results | Format-List | Out-String)
        $back[0].SourceSpec[0].Platform.Architecture | Should -Be $results[0].SourceSpec[0].Platform.Architecture
    }

    It 'works with <Way>' -ForEach @(
        @{ Way = '-Quiet'; With = @{ Quiet = $true } }
        @{ Way = '-PreserveOrder'; With = @{ PreserveOrder = $true } }
        @{ Way = 'many at once'; With = @{ ThrottleLimit = 8 } }
    ) {
        $null = $lines | Test-MirrorImage -ResultPath r.jsonl @With -ErrorAction Ignore
        (Import-MirrorResult r.jsonl).Line | Sort-Object | Should -Be ($lines | Sort-Object)
    }

    It 'leaves an existing file as it is, and says what to do' {
        'kept' | Set-Content r.jsonl
        $problem = Get-ErrorOf { $lines | Test-MirrorImage -ResultPath r.jsonl }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ResultFileExists,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Resume*-Force*'
        Get-Content r.jsonl | Should -Be 'kept'
    }

    It 'refuses a file of something else with <_>' -ForEach 'Resume', 'Force' {
        'docker.io/library/nginx mirror/nginx 1.27' | Set-Content r.jsonl
        $with = @{ $_ = $true }
        $problem = Get-ErrorOf { $lines | Test-MirrorImage -ResultPath r.jsonl @with }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ResultFileInvalid,*'
        $problem.Exception.Message | Should -BeLike '*r.jsonl is no result file*line 1*'
        Get-Content r.jsonl | Should -Be 'docker.io/library/nginx mirror/nginx 1.27'
    }

    It 'begins a result file anew with -Force' {
        $lines[0, 1] | Test-MirrorImage -ResultPath r.jsonl | Should -HaveCount 2
        $null = $lines[2] | Test-MirrorImage -ResultPath r.jsonl -Force
        (Import-MirrorResult r.jsonl).Line | Should -Be $lines[2]
    }

    It 'is of one run at a time' {
        $null = $lines | Test-MirrorImage -ResultPath r.jsonl -ErrorAction Ignore | ForEach-Object -Begin { $tried = $false } -Process {
            if (-not $tried) {
                $tried = $true
                foreach ($with in @{ Resume = $true }, @{ Force = $true }) {
                    $problem = Get-ErrorOf { $lines[0] | Test-MirrorImage -ResultPath r.jsonl @with }
                    $problem.FullyQualifiedErrorId | Should -BeLike 'ResultFileInUse,*'
                    $problem.Exception.Message | Should -BeLike '*another run*'
                }
            }
        }
        (Import-MirrorResult r.jsonl) | Should -HaveCount $lines.Count
    }

    It 'is no file that the run also writes as -<_>' -ForEach 'FailedListPath', 'LogPath' {
        $with = @{ $_ = 'r.jsonl'; NoFailedList = $false }
        (Get-ErrorOf { $lines[0] | Test-MirrorImage -ResultPath ./r.jsonl @with }).FullyQualifiedErrorId | Should -BeLike 'SharedFile,*'
        Get-Content r.jsonl -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'is needed by -<_>' -ForEach 'Resume', 'Force' {
        $with = @{ $_ = $true }
        (Get-ErrorOf { $lines[0] | Test-MirrorImage @with }).FullyQualifiedErrorId | Should -BeLike 'NoResultPath,*'
    }

    It 'does not take -Resume and -Force together' {
        (Get-ErrorOf { $lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume -Force }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousResume,*'
    }
}

Describe '-Resume' {
    BeforeEach { Remove-Item *.jsonl* }

    It 'begins a run where there is none yet' {
        $lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume | Should -HaveCount 1
    }

    It 'validates again only what has not passed, and counts the rest' {
        $first = $lines | Test-MirrorImage -ResultPath r.jsonl -ErrorAction Ignore
        $passed = @($first | Where-Object Status -EQ Passed)
        $again = $lines | Test-MirrorImage -ResultPath r.jsonl -Resume -ErrorAction Ignore -InformationVariable summary
        $again.Line | Should -Be ($first | Where-Object Status -NE Passed).Line
        (Get-Summary $summary).PassedBefore | Should -Be $passed.Count
        "$summary" | Should -BeLike "0 passed, * failed, * error*, $($passed.Count) passed before in *"
        Import-MirrorResult r.jsonl | Should -HaveCount $lines.Count
        Import-MirrorResult r.jsonl -All | Should -HaveCount ($first.Count + $again.Count)
    }

    It 'is true with -Quiet where everything has passed before' {
        $null = $lines[0, 1] | Test-MirrorImage -ResultPath r.jsonl
        $lines[0, 1] | Test-MirrorImage -ResultPath r.jsonl -Resume -Quiet | Should -BeTrue
    }

    It 'validates entries with other <Setting> again' -ForEach @(
        @{ Setting = 'depth'; With = @{ Depth = 'Blob' } }
        @{ Setting = 'platforms'; With = @{ Platform = 'linux/amd64' } }
        @{ Setting = 'comparison'; With = @{ Comparison = 'Digest' } }
        @{ Setting = 'includes'; With = @{ IncludeReferrer = $true } }
    ) {
        $null = $lines[0] | Test-MirrorImage -ResultPath r.jsonl
        $lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume @With | Should -HaveCount 1
        $lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume @With | Should -BeNullOrEmpty
    }

    It 'validates the same line at another registry again' {
        $null = 'library/alpine mirror/alpine 3.20' | Test-MirrorImage -s $registry -d $registry -ResultPath r.jsonl
        $other = Open-TestRegistry '--no-journal'
        'library/alpine mirror/alpine 3.20' | Test-MirrorImage -s $registry -d $other -ResultPath r.jsonl -Resume | Should -HaveCount 1
    }

    It 'takes a proof that is not too old: <Age>' -ForEach @(
        @{ Age = '00:00:00'; Count = 1 }
        @{ Age = 0; Count = 1 }
        @{ Age = '36:00'; Count = 0 }
        @{ Age = 2; Count = 0 }
        @{ Age = [timespan]::FromDays(2); Count = 0 }
    ) {
        $null = $lines[0] | Test-MirrorImage -ResultPath r.jsonl
        @($lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume -ProofAge $Age) | Should -HaveCount $Count
    }

    It 'reads an age as people write it: <Text>' -ForEach @(
        @{ Text = 24; Hours = 24 }, @{ Text = 0.5; Hours = 0.5 }, @{ Text = '24:00'; Hours = 24 }, @{ Text = '24:00:00'; Hours = 24 }
        @{ Text = '1.00:00:00'; Hours = 24 }, @{ Text = '0:30'; Hours = 0.5 }
    ) {
        # The result is an hour older than it was, and then a minute younger and older than the age.
        foreach ($older in @{ Minutes = -1; Count = 0 }, @{ Minutes = 1; Count = 1 }) {
            Remove-Item r.jsonl -ErrorAction Ignore
            $null = $lines[0] | Test-MirrorImage -ResultPath r.jsonl
            $result = Get-Content r.jsonl | ConvertFrom-Json -DateKind String
            $result.time = [datetime]::Now.AddHours(-$Hours).AddMinutes(-$older.Minutes).ToString('yyyy-MM-ddTHH:mm:sszzz')
            $result | ConvertTo-Json -Depth 9 -Compress | Set-Content r.jsonl
            @($lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume -ProofAge $Text) | Should -HaveCount $older.Count
        }
    }

    It 'refuses an age that is none: <_>' -ForEach 'soon', -1, '-1:00' {
        $age = $_
        { $lines[0] | Test-MirrorImage -ResultPath r.jsonl -Resume -ProofAge $age } | Should -Throw
    }

    It 'validates what is new in a changed list, and leaves what was removed' {
        $null = $lines[0, 1] | Test-MirrorImage -ResultPath r.jsonl
        $new = $lines[1, 2] | Test-MirrorImage -ResultPath r.jsonl -Resume
        $new.Line | Should -Be $lines[2]
        (Import-MirrorResult r.jsonl).Line | Should -Be $lines[0, 1, 2]
    }

    It 'mends a last line that was torn, and says so' {
        $null = $lines[0, 1] | Test-MirrorImage -ResultPath r.jsonl
        $bytes = [System.IO.File]::ReadAllBytes("$PWD/r.jsonl")
        [System.IO.File]::WriteAllBytes("$PWD/r.jsonl", $bytes[0..($bytes.Count - 20)])
        $null = Import-MirrorResult r.jsonl -WarningVariable torn -WarningAction Ignore
        "$torn" | Should -BeLike '*last line*r.jsonl*'
        $again = $lines[0, 1] | Test-MirrorImage -ResultPath r.jsonl -Resume -WarningVariable mended -WarningAction Ignore
        $again.Line | Should -Be $lines[1]
        "$mended" | Should -BeLike '*last line*r.jsonl*removed*'
        Import-MirrorResult r.jsonl | Should -HaveCount 2
    }

    It 'keeps the failed list whole' {
        $null = $lines | Test-MirrorImage -ResultPath r.jsonl -NoFailedList:$false -FailedListPath whole.txt -ErrorAction Ignore
        $null = $lines | Test-MirrorImage -ResultPath r.jsonl -Resume -NoFailedList:$false -FailedListPath resumed.txt -ErrorAction Ignore
        Get-Content resumed.txt | Should -Be (Get-Content whole.txt)
    }
}

Describe 'Import-MirrorResult' {
    BeforeEach { Remove-Item *.jsonl* }

    It 'reads files by wildcard, by literal path and from the pipeline' {
        $null = $lines[0] | Test-MirrorImage -ResultPath a.jsonl
        $null = $lines[1] | Test-MirrorImage -ResultPath b.jsonl
        Import-MirrorResult *.jsonl | Should -HaveCount 2
        Import-MirrorResult a.jsonl, b.jsonl | Should -HaveCount 2
        Import-MirrorResult -LiteralPath a.jsonl | Should -HaveCount 1
        Get-ChildItem *.jsonl | Import-MirrorResult | Should -HaveCount 2
        'a.jsonl', 'b.jsonl' | Import-MirrorResult | Should -HaveCount 2
    }

    It 'tells in the summary what it has read' {
        $null = $lines | Test-MirrorImage -ResultPath a.jsonl -ErrorAction Ignore -InformationVariable run
        $null = Import-MirrorResult a.jsonl -InformationVariable summary
        (Get-Summary $summary).Passed | Should -Be (Get-Summary $run).Passed
        (Get-Summary $summary).Failed | Should -Be (Get-Summary $run).Failed
    }

    It 'refuses what is no result file: <Content>' -ForEach @(
        @{ Content = 'SOURCE DESTINATION TAG' }, @{ Content = '{ "results": [] }' }, @{ Content = '[{"status":"Passed"}]' }
    ) {
        Set-Content a.jsonl $Content
        (Get-ErrorOf { Import-MirrorResult a.jsonl }).FullyQualifiedErrorId | Should -BeLike 'ResultFileInvalid,*'
        (Get-ErrorOf { Import-MirrorResult a.jsonl -All }).FullyQualifiedErrorId | Should -BeLike 'ResultFileInvalid,*'
    }

    It 'says which file is missing' {
        foreach ($path in 'none.jsonl', 'none-*.jsonl') {
            $problem = Get-ErrorOf { Import-MirrorResult $path }
            $problem.FullyQualifiedErrorId | Should -BeLike 'ResultFileUnreadable,*'
            $problem.Exception.Message | Should -BeLike "*$path*"
        }
    }

    It 'says that a run has not ended' {
        $null = $lines | Test-MirrorImage -ResultPath a.jsonl -ErrorAction Ignore | Select-Object -First 2
        $back = Import-MirrorResult a.jsonl -ErrorVariable problem -ErrorAction SilentlyContinue
        $back.Count | Should -BeGreaterOrEqual 2
        $problem.FullyQualifiedErrorId | Should -BeLike 'ResultFileUnfinished,*'
        $problem[0].Exception.Message | Should -BeLike '*was ended before all entries*'
        $null = $lines | Test-MirrorImage -ResultPath a.jsonl -Resume -ErrorAction Ignore
        $null = Import-MirrorResult a.jsonl -ErrorAction Stop
    }

    It 'says which list the run has not read' {
        $lines[0] | Set-Content list.txt
        $null = Test-MirrorImage list.txt, gone.txt -ResultPath a.jsonl -ErrorAction Ignore
        $null = Import-MirrorResult a.jsonl -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].Exception.Message | Should -BeLike '*gone.txt*'
        Import-MirrorResult a.jsonl -ErrorAction Ignore 6>&1 | Export-MirrorReport a.json
        (Get-Content a.json -Raw | ConvertFrom-Json).verdict | Should -Be NotProven
    }
}

Describe '-Shard' {
    BeforeEach { Remove-Item *.jsonl* }

    It 'splits a list into parts that are the whole together' {
        $parts = 1..3 | ForEach-Object { , @($lines | Test-MirrorImage -Shard "$_/3" -ResultPath "shard-$_.jsonl" -ErrorAction Ignore) }
        $parts | ForEach-Object Count | Sort-Object | Should -Be 4, 5, 5 -Because 'an entry more or less is all'
        $parts | ForEach-Object { $_.Line } | Sort-Object | Should -Be ($lines | Sort-Object)
        $parts[1].Shard | Select-Object -Unique | Should -Be '2/3'
        $whole = Import-MirrorResult shard-*.jsonl -ErrorAction Stop
        $whole | Should -HaveCount $lines.Count
        $whole | Export-MirrorReport whole.json
        (Get-Content whole.json -Raw | ConvertFrom-Json).summary.total | Should -Be $lines.Count
    }

    It 'is the same in any order and from a file' {
        $lines | Set-Content list.txt
        $one = Test-MirrorImage list.txt -Shard 1/2 -ErrorAction Ignore
        $other = $lines | Sort-Object -Descending | Test-MirrorImage -Shard 1/2 -ErrorAction Ignore
        $other.Line | Sort-Object | Should -Be ($one.Line | Sort-Object)
    }

    It 'says which shard is missing or doubled' {
        foreach ($index in 1..3) { $null = $lines | Test-MirrorImage -Shard "$index/3" -ResultPath "shard-$index.jsonl" -ErrorAction Ignore }
        Copy-Item shard-1.jsonl shard-1-copy.jsonl
        $null = Import-MirrorResult shard-1.jsonl, shard-3.jsonl -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing[0].Exception.Message | Should -BeLike '*shard 2/3 is missing'
        $null = Import-MirrorResult shard-*.jsonl -ErrorVariable doubled -ErrorAction SilentlyContinue
        $doubled[0].Exception.Message | Should -BeLike '*shard 1/3 is in several files*shard-1-copy.jsonl*'
        Import-MirrorResult shard-1.jsonl, shard-3.jsonl -ErrorAction Ignore 6>&1 | Export-MirrorReport part.json
        (Get-Content part.json -Raw | ConvertFrom-Json).verdict | Should -Be Failed -Because 'the demo has defects in every shard'
        (Get-Content part.json -Raw | ConvertFrom-Json).unreadLists | Should -BeLike '*shard 2/3 is missing'
    }

    It 'is right where a short list leaves it nothing' {
        $quiet = 1..3 | ForEach-Object { $lines[0] | Test-MirrorImage -Shard "$_/3" -Quiet -ResultPath "shard-$_.jsonl" }
        $quiet | Should -Be $true, $true, $true
        Import-MirrorResult shard-*.jsonl -ErrorAction Stop | Should -HaveCount 1
        @() | Test-MirrorImage -Shard 1/3 -Quiet | Should -BeFalse -Because 'there was no list'
    }

    It 'refuses <_>' -ForEach '0/4', '5/4', 'x', '1', '-1/4', '1/0', ' ' {
        $shard = $_
        $problem = Get-ErrorOf { $lines | Test-MirrorImage -Shard $shard }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidShard,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*1/4*'
    }

    It 'keeps the images of a destination repository together where blobs are read' {
        $tags = 1..12 | ForEach-Object { "$registry/library/app$($_ % 4) $registry/mirror/app$($_ % 4) v$_" }
        $parts = foreach ($index in 1..2) { , @($tags | Test-MirrorImage -Shard "$index/2" -Depth Blob -ErrorAction Ignore) }
        $repositories = $parts | ForEach-Object { $_.Destination | Select-Object -Unique }
        $repositories | Should -HaveCount 4
    }
}

Describe 'Export-MirrorResult' {
    BeforeEach { Remove-Item *.jsonl* }

    It 'writes results that came another way, also from a job' {
        $results = $lines[0..2] | Test-MirrorImage
        $results | Export-MirrorResult a.jsonl
        $job = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($results, 1))
        $job | Export-MirrorResult b.jsonl
        Get-Content b.jsonl | Should -BeExactly (Get-Content a.jsonl)
        Import-MirrorResult a.jsonl | Should -HaveCount 3
    }

    It 'adds to a file with -Append, and passes results on with -PassThru' {
        $null = $lines[0] | Test-MirrorImage -ResultPath a.jsonl
        $lines[1] | Test-MirrorImage | Export-MirrorResult a.jsonl -Append -PassThru | Should -HaveCount 1
        Import-MirrorResult a.jsonl | Should -HaveCount 2
    }

    It 'leaves an existing file as it is, and says what to do' {
        'kept' | Set-Content a.jsonl
        (Get-ErrorOf { $lines[0] | Test-MirrorImage | Export-MirrorResult a.jsonl }).FullyQualifiedErrorId | Should -BeLike 'ResultFileExists,*'
        (Get-ErrorOf { $lines[0] | Test-MirrorImage | Export-MirrorResult a.jsonl -Append }).FullyQualifiedErrorId | Should -BeLike 'ResultFileInvalid,*'
        Get-Content a.jsonl | Should -Be kept
    }
}
