# What Windows is strict about: files that are open, names without case, devices, and what its programs write.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $alpine, $postgres = Get-DemoLine alpine, postgres $registry
}

AfterAll { Exit-TestBed }

Describe 'A failed list that another program holds open' -Skip:(-not $IsWindows) {
    BeforeAll { Push-Location (New-Item -ItemType Directory held) }

    AfterAll { Pop-Location }

    BeforeEach {
        Remove-Item *
        Set-Content mirror-validate-failed.txt 'old'
        $held = [System.IO.File]::Open((Join-Path $PWD mirror-validate-failed.txt), 'Open', 'Read', 'Read')
    }

    AfterEach { $held.Dispose() }

    It 'costs no result, and an error says where the entries are: <Order>' -ForEach @(
        @{ Order = 'one entry'; Lines = 'postgres' }
        @{ Order = 'several in any order'; Lines = 'postgres', 'etcd', 'haproxy', 'tools', 'agent' }
    ) {
        $entries = @(Get-DemoLine $Lines $registry)
        $results = $entries | Test-MirrorImage -ErrorVariable problems -ErrorAction SilentlyContinue
        $results | Should -HaveCount $entries.Count
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FailedListNotReplaced,*'
        "$($problems[0])" | Should -BeLike "*$(Join-Path $PWD mirror-validate-failed.txt.partial)*"
        Get-Content mirror-validate-failed.txt.partial | Sort-Object | Should -Be ($entries | Sort-Object)
        (Get-ChildItem).Name | Should -Be 'mirror-validate-failed.txt', 'mirror-validate-failed.txt.partial'
    }

    It 'is named as where the entries are by the summary' {
        $null = $postgres | Test-MirrorImage -InformationVariable summary -ErrorAction SilentlyContinue
        "$summary" | Should -BeLike '*mirror-validate-failed.txt.partial*'
    }

    It 'is an error where everything passed, since it would be read as of this run' {
        $result = $alpine | Test-MirrorImage -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.Status | Should -Be 'Passed'
        $problems.FullyQualifiedErrorId | Should -BeLike 'FailedListNotRemoved,*'
        (Get-ChildItem).Name | Should -Be 'mirror-validate-failed.txt'
    }
}

Describe 'A log' {
    It 'may be the null device' {
        ($alpine | Test-MirrorImage -LogPath ($IsWindows ? 'NUL' : '/dev/null') -ErrorVariable problems).Status | Should -Be 'Passed'
        $problems | Should -BeNullOrEmpty
        (Get-ChildItem).Name | Should -Not -Contain 'NUL'
    }

    It 'keeps every line of two runs that spell its path in other case' -Skip:$IsLinux {
        $manifest = (Get-Module MirrorValidate).Path
        $lines = 1..40 | ForEach-Object { $alpine }
        'both.log', 'BOTH.LOG' | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $using:lines | Test-MirrorImage -LogPath $_ -NoFailedList -Quiet
        }
        $log = Get-Content both.log
        $log | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(DEBU|INFO|WARN|ERRO)\] \S'
        @($log -match '\[M_ID:\d+\] PASS \[').Count | Should -Be 80
        @($log -match '\[INFO\] 40 passed').Count | Should -Be 2
    }
}

Describe 'A list of a Windows program' {
    It 'is read with <Encoding>' -ForEach @(
        @{ Encoding = 'unicode' }, @{ Encoding = 'bigendianunicode' }, @{ Encoding = 'utf8BOM' }, @{ Encoding = 'utf8NoBOM' }
    ) {
        Set-Content list.txt "# Gr$([char] 0xF6)$([char] 0xDF)e`r`n$alpine`r`n`r`n$postgres`r`n" -Encoding $Encoding -NoNewline
        $results = Test-MirrorImage -Path list.txt -PreserveOrder -NoFailedList -ErrorVariable problems
        $results.Status | Should -Be 'Passed', 'Failed'
        $results.Line | Should -Be $alpine, $postgres
        $problems | Should -BeNullOrEmpty
    }

    It 'is read by a path with backslashes, a drive, or in other case' -Skip:(-not $IsWindows) {
        $null = New-Item -ItemType Directory lists -Force
        Set-Content lists\list.txt $alpine
        $paths = '.\lists\list.txt', (Join-Path $PWD 'lists\list.txt'), 'LISTS\List.TXT', "\\?\$(Join-Path $PWD 'lists\list.txt')"
        foreach ($path in $paths) { (Test-MirrorImage -LiteralPath $path -NoFailedList).Status | Should -Be 'Passed' -Because $path }
    }

    It 'is emptied and not removed when everything passes, though its name has other case' -Skip:(-not $IsWindows) {
        Set-Content mirror-validate-failed.txt $alpine
        (Test-MirrorImage -Path MIRROR-Validate-FAILED.txt).Status | Should -Be 'Passed'
        (Get-Item mirror-validate-failed.txt).Length | Should -Be 0
    }
}
