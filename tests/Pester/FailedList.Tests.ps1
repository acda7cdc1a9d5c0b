BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $alpine, $postgres = Get-DemoLine alpine, postgres $registry
    $PSDefaultParameterValues['Test-MirrorImage:ErrorAction'] = 'SilentlyContinue'
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:ErrorAction')
    Exit-TestBed
}

Describe 'The failed list' {
    # Each test has a folder of its own.
    BeforeEach { Set-Location (New-Item -ItemType Directory -Path (Join-Path $TestDrive (New-Guid))) }

    It 'is a list again' {
        $null = $postgres, $alpine, "$registry/library/nginx $registry/failed/nginx 1.27" | Test-MirrorImage
        Copy-TestImage $registry library/nginx failed/nginx 1.27
        (Test-MirrorImage -f mirror-validate-failed.txt -PreserveOrder).Status | Should -Be 'Failed', 'Passed'
        (Test-MirrorImage -f mirror-validate-failed.txt).Source | Should -Be "$registry/library/postgres"
    }

    It 'is UTF-8 without byte order mark, with LF' {
        $line = "gr$([char]0xF6)$([char]0xDF)e ist falsch"
        $null = $line | Test-MirrorImage
        Get-Content mirror-validate-failed.txt -AsByteStream | Should -Be ([System.Text.Encoding]::UTF8.GetBytes("$line`n"))
    }

    It 'is not there when everything passed, and an old one goes' {
        $null = $alpine | Test-MirrorImage
        Get-ChildItem | Should -BeNullOrEmpty
        Set-Content mirror-validate-failed.txt 'old'
        $null = $alpine | Test-MirrorImage
        Get-ChildItem | Should -BeNullOrEmpty
    }

    It 'goes where -o says' {
        $null = New-Item -ItemType Directory -Path TestDrive:\elsewhere -Force
        $null = $postgres | Test-MirrorImage -o TestDrive:\elsewhere\failed.txt
        Get-Content TestDrive:\elsewhere\failed.txt | Should -Be $postgres
        Get-ChildItem | Should -BeNullOrEmpty
    }

    It 'is not written with -NoFailedList, nor to the null device' {
        Set-Content mirror-validate-failed.txt 'old'
        $null = $postgres | Test-MirrorImage -NoFailedList
        $null = $postgres | Test-MirrorImage -o ($IsWindows ? 'NUL' : '/dev/null')
        (Get-ChildItem).Name | Should -Be 'mirror-validate-failed.txt'
        Get-Content mirror-validate-failed.txt | Should -Be 'old'
        $IsWindows -or (Test-Path /dev/null) | Should -BeTrue
    }

    It 'can be the input, and is emptied and not deleted when everything passes at last: <Run>' -ForEach @(
        @{ Name = 'mirror-validate-failed.txt'; Run = { Test-MirrorImage -f mirror-validate-failed.txt } }
        @{ Name = 'list.txt'; Run = { Test-MirrorImage -f list.txt -o ./list.txt } }
        @{ Name = 'mirror-validate-failed.txt'; Run = { Get-Content mirror-validate-failed.txt | Test-MirrorImage } }
    ) {
        Set-Content $Name '# comment', $alpine
        (& $Run).Status | Should -Be 'Passed'
        (Get-ChildItem).Name | Should -Be $Name
        (Get-Item $Name).Length | Should -Be 0
    }

    It 'can be the input, and keeps what still fails: <_>' -ForEach @(
        { Test-MirrorImage -f mirror-validate-failed.txt -o mirror-validate-failed.txt }
        { Get-Content mirror-validate-failed.txt | Test-MirrorImage }
    ) {
        Set-Content mirror-validate-failed.txt $alpine, $postgres
        $null = & $_
        Get-Content mirror-validate-failed.txt | Should -Be $postgres
    }

    It 'stays as it was in a run over nothing: <_>' -ForEach @(
        { Test-MirrorImage -f missing.txt }
        { Test-MirrorImage -f empty.txt }
        { @() | Test-MirrorImage }
    ) {
        Set-Content mirror-validate-failed.txt 'old'
        Set-Content empty.txt '# nothing'
        & $_
        Get-Content mirror-validate-failed.txt | Should -Be 'old'
        (Get-ChildItem).Name | Should -Be 'empty.txt', 'mirror-validate-failed.txt'
    }

    It 'stays whole when the pipeline is cut short, and what had failed is beside it' {
        Set-Content mirror-validate-failed.txt 'old'
        $null = Get-DemoLine postgres, etcd, haproxy, tools $registry | Test-MirrorImage | Select-Object -First 1
        Get-Content mirror-validate-failed.txt | Should -Be 'old'
        Get-Content mirror-validate-failed.txt.partial | Should -Contain $postgres
    }

    It 'does not take away what a run that was cut short had found' {
        Set-Content mirror-validate-failed.txt.partial 'found before'
        $null = $postgres | Test-MirrorImage -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Content mirror-validate-failed.txt.partial.old | Should -Be 'found before'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*mirror-validate-failed.txt.partial.old*'
        (Get-ChildItem).Name | Should -Be 'mirror-validate-failed.txt', 'mirror-validate-failed.txt.partial.old'
    }

    It 'may be made of what a run that was cut short had found' {
        Set-Content mirror-validate-failed.txt.partial $postgres, $alpine
        (Test-MirrorImage -f mirror-validate-failed.txt.partial -PreserveOrder -ErrorVariable problems -WarningAction SilentlyContinue).Status | Should -Be 'Failed', 'Passed'
        $problems | Should -BeNullOrEmpty
        Get-Content mirror-validate-failed.txt | Should -Be $postgres
    }

    It 'goes to the file system wherever the session is' {
        $folder = $PWD
        Set-Location Env:
        $null = 'x y' | Test-MirrorImage
        Get-Content (Join-Path $folder mirror-validate-failed.txt) | Should -Be 'x y'
    }
}
