BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    Exit-TestBed
}

Describe 'Test-MirrorImage takes' {
    It 'lines from the pipeline' {
        (Get-DemoLine alpine, postgres $registry | Test-MirrorImage).Status | Should -Be 'Passed', 'Failed'
    }

    It 'a file by position, with comments, tabs, blank lines and a byte order mark' {
        $lines = '# images', (Get-DemoLine alpine $registry).Replace(' ', "`t"), '', "$(Get-DemoLine nginx $registry)  // the web"
        Set-Content list.txt $lines -Encoding utf8BOM
        $results = Test-MirrorImage ./list.txt
        $results.Status | Should -Be 'Passed', 'Passed'
        $results.Id | Should -Be 1, 2
        $results.LineNumber | Should -Be 2, 4
        $results[0].Path | Should -Be (Join-Path $TestDrive 'list.txt')
    }

    It 'wildcards in -Path' {
        Get-DemoLine alpine $registry | Set-Content wild-1.txt
        Get-DemoLine nginx $registry | Set-Content wild-2.txt
        (Test-MirrorImage -Path ./wild-?.txt).Source | Should -Be "$registry/library/alpine", "$registry/library/nginx"
    }

    It 'wildcard characters as they are in -LiteralPath' {
        Get-DemoLine alpine $registry | Set-Content -LiteralPath 'list[1].txt'
        (Test-MirrorImage -LiteralPath './list[1].txt').Status | Should -Be 'Passed'
    }

    It 'a path on a drive of the session' {
        Get-DemoLine alpine $registry | Set-Content TestDrive:\drive.txt
        (Test-MirrorImage -Path TestDrive:\drive.txt).Status | Should -Be 'Passed'
    }

    It 'one image by its parts' {
        (Test-MirrorImage -Source "$registry/library/alpine" -Destination "$registry/mirror/alpine" -Tag 3.20).Status | Should -Be 'Passed'
    }

    It 'objects with Source, Destination and Tag, as Import-Csv gives' {
        Set-Content images.csv 'Source,Destination,Tag,Owner', "$registry/library/alpine,$registry/mirror/alpine,3.20,me"
        (Import-Csv images.csv | Test-MirrorImage).Status | Should -Be 'Passed'
    }

    It 'entries of Import-MirrorList' {
        Get-DemoLine alpine, nginx $registry | Set-Content entries.txt
        (Import-MirrorList entries.txt | Where-Object Tag -eq 1.27 | Test-MirrorImage).Source | Should -Be "$registry/library/nginx"
    }

    It 'its own results, and tests them again' {
        $first = Get-DemoLine alpine, postgres $registry | Test-MirrorImage
        ($first | Test-MirrorImage).Reason | Should -Be $first.Reason
    }

    It 'Get-Content -Raw, and counts its lines' {
        Get-DemoLine alpine, nginx $registry | Set-Content raw.txt
        (Get-Content raw.txt -Raw | Test-MirrorImage).LineNumber | Should -Be 1, 2
    }

    It 'single references together with -DestinationRegistry' {
        $result = "$registry/library/alpine:3.20" | Test-MirrorImage -DestinationRegistry $registry
        $result.Destination | Should -Be "$registry/library/alpine"
        $result.Status | Should -Be 'Passed'
    }

    It 'lines without registries, with -s and -d as in image-tools' {
        Get-DemoLine alpine, postgres | Set-Content short.txt
        $asBefore = 'mirror-validate'
        (& $asBefore -f ./short.txt -s $registry -d $registry -a amd64, arm64 -j 4 -PreserveOrder).Status | Should -Be 'Passed', 'Failed'
    }

    It 'architectures as one text, as image-tools does' {
        (Get-DemoLine alpine $registry | Test-MirrorImage -a 'amd64,arm64').SourceSpec.Count | Should -Be 2
    }

    It 'registries from the environment' {
        $env:SOURCE_REGISTRY = $env:DEST_REGISTRY = $registry
        try {
            (Get-DemoLine alpine | Test-MirrorImage).Status | Should -Be 'Passed'
        }
        finally {
            $env:SOURCE_REGISTRY = $env:DEST_REGISTRY = $null
        }
    }

    It 'a throttle limit outside its range with a warning, and uses the nearest' {
        $result = Get-DemoLine alpine $registry | Test-MirrorImage -ThrottleLimit 99 -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Passed'
        $warnings | Should -Match '\b20\b'
    }

    It 'credentials as PSCredential' {
        $closed = Open-TestRegistry -Option '--user', 'me:secret'
        $credential = [pscredential]::new('me', [System.Net.NetworkCredential]::new('', 'secret').SecurePassword)
        $line = Get-DemoLine alpine $closed
        ($line | Test-MirrorImage -SourceCredential $credential -DestinationCredential $credential).Status | Should -Be 'Passed'
        ($line | Test-MirrorImage -ErrorAction SilentlyContinue).Reason | Should -Be 'Unauthorized'
        (Get-ManifestList "$closed/library/alpine:3.20" -Credential $credential).Manifests.Count | Should -Be 4
    }

    It 'nothing at all where nobody can be asked: an error, not a hang' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand('Import-Module').AddArgument((Get-Module MirrorValidate).Path.Replace('.psm1', '.psd1')).Invoke()
            $shell.Commands.Clear()
            $ended = { $shell.AddCommand('Test-MirrorImage').Invoke() } | Should -Throw -PassThru
            $ended.Exception.InnerException.ErrorRecord.FullyQualifiedErrorId | Should -BeLike 'NoInput,*'
        }
        finally {
            $shell.Dispose()
        }
    }
}
