BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
    $PSDefaultParameterValues['Test-MirrorImage:ErrorAction'] = 'SilentlyContinue'
    $alpine, $nginx, $postgres = Get-DemoLine alpine, nginx, postgres $registry
    $source, $destination, $tag = $alpine -split ' '
    $unknown = "$registry/library/nope $registry/mirror/nope v1"
    $null = New-Item empty.txt
    Set-Content one.txt $alpine
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    $PSDefaultParameterValues.Remove('Test-MirrorImage:ErrorAction')
    Exit-TestBed
}

Describe 'Test-MirrorImage takes' {
    It 'a file, and gives each line its result and its number' {
        Set-Content list.txt '# comment', $alpine, '', 'too many fields in here', '// comment', $postgres, '   ', "`t", $unknown, 'two plus two fields', $nginx
        $results = Test-MirrorImage ./list.txt -PreserveOrder
        $results.Id | Should -Be 1, 2, 3, 4, 5, 6
        $results.Status | Should -Be 'Passed', 'Error', 'Failed', 'Error', 'Error', 'Passed'
        $results.LineNumber | Should -Be 2, 4, 6, 9, 10, 11
        $results.Path | Select-Object -Unique | Should -Be (Join-Path $TestDrive list.txt)
    }

    It 'a file with byte order mark, CRLF, tabs, comments and no last line end' {
        Set-Content list.txt "$alpine`r`n$($alpine.Replace(' ', " `t  "))`r`n`t$alpine  # right`r`n$alpine" -Encoding utf8BOM -NoNewline
        $results = Test-MirrorImage -Path list.txt -PreserveOrder
        $results.Status | Should -Be 'Passed', 'Passed', 'Passed', 'Passed'
        $results.LineNumber | Should -Be 1, 2, 3, 4
    }

    It 'lines of Get-Content <_.Keys>, and names file and line' -ForEach @{}, @{ ReadCount = 2 }, @{ Raw = $true } {
        $option = $_
        Set-Content list.txt '# comment', $alpine, 'no line at all'
        $results = Get-Content list.txt @option | Test-MirrorImage -PreserveOrder
        $results.LineNumber | Should -Be 2, 3
        $results.Path | Select-Object -Unique | Should -Be (Join-Path $TestDrive list.txt)
        $results[1].Reason | Should -Be 'InvalidLine'
        $results[1].Message | Should -BeLike "$(Join-Path $TestDrive list.txt), line 3: *"
    }

    It 'lines of any other origin, and counts them' {
        $results = '', '# comment', "$alpine`n`n", 'no line at all' | Test-MirrorImage -PreserveOrder
        $results.LineNumber | Should -Be 3, 5
        $results[1].Message | Should -BeLike 'line 5: *'
        $results[1].Line | Should -BeExactly 'no line at all'
    }

    It 'lines, objects, hashtables, entries and arrays, mixed' {
        $object = [pscustomobject]@{ source = $source; Destination = $destination; Tag = $tag; Owner = 'somebody' }
        $table = @{ Source = $source; Destination = $destination; Tag = $tag }
        $ordered = [ordered]@{ source = "${source}:$tag"; destination = $destination }
        $results = $alpine, $object, $table, $ordered, (Import-MirrorList one.txt), $null, '', ($alpine, $object), [System.Collections.ArrayList]@($table) |
            Test-MirrorImage -PreserveOrder
        $results.Status | Should -Be (@('Passed') * 8)
        $results.Id | Should -Be (1..8)
        $results[4].Path | Should -Be (Join-Path $TestDrive one.txt)
    }

    It 'what is no entry, as a result that says so' {
        $results = 42, @{ Image = 'x' }, [uri] 'https://registry.example/' | Test-MirrorImage -PreserveOrder -ErrorVariable problems
        $results.Reason | Should -Be 'InvalidLine', 'InvalidLine', 'InvalidLine'
        $problems | Should -HaveCount 3
        $results[0].Message | Should -BeLike '*Int32*'
    }

    It 'lines as an argument' {
        Test-MirrorImage -InputObject $alpine, '', $nginx | Should -HaveCount 2
    }

    It 'wildcards in -Path, and wildcard characters as they are in -LiteralPath' {
        Set-Content wild-1.txt $alpine
        Set-Content wild-2.txt $nginx
        Set-Content -LiteralPath 'wild[1].txt' $postgres
        (Test-MirrorImage -Path ./wild-?.txt).Source | Should -Be $source, "$registry/library/nginx"
        (Test-MirrorImage -LiteralPath './wild[1].txt').Source | Should -Be "$registry/library/postgres"
    }

    It 'a path on a drive of the session, and in the home folder' {
        $provider = Get-PSProvider FileSystem
        $homeFolder = $provider.Home
        $provider.Home = $TestDrive
        try {
            (Test-MirrorImage -Path TestDrive:\one.txt).Status | Should -Be 'Passed'
            (Test-MirrorImage ~/one.txt).Status | Should -Be 'Passed'
        }
        finally {
            $provider.Home = $homeFolder
        }
    }

    It 'one image by its parts' {
        (Test-MirrorImage -Source $source -Destination $destination -Tag $tag).Status | Should -Be 'Passed'
        (Test-MirrorImage -Source "${source}:$tag" -Destination $destination).Status | Should -Be 'Passed'
        (Test-MirrorImage -Source "${source}:other" -Destination $destination -Tag $tag).Reason | Should -Be 'InvalidLine'
        ([pscustomobject]@{ Source = $source; Tag = $tag } | Test-MirrorImage -Destination $destination).Status | Should -Be 'Passed'
    }

    It 'objects with Source, Destination and Tag, as Import-Csv gives' {
        Set-Content images.csv 'Source,Destination,Tag,Owner', "$source,$destination,$tag,me"
        (Import-Csv images.csv | Test-MirrorImage).Status | Should -Be 'Passed'
    }

    It 'entries of Import-MirrorList' {
        Set-Content entries.txt $alpine, $nginx
        (Import-MirrorList entries.txt | Where-Object Tag -EQ 1.27 | Test-MirrorImage).Source | Should -Be "$registry/library/nginx"
    }

    It 'entries that were sent to another machine, with the line that they were read from' {
        Set-Content sent.txt '# images', 'library/alpine:3.20', '', 'library/nginx mirror/nginx 1.27=v2'
        $serializer = [System.Management.Automation.PSSerializer]
        $sent = Import-MirrorList sent.txt | ForEach-Object { $serializer::Deserialize($serializer::Serialize($_)) }
        $results = $sent | Test-MirrorImage -s $registry -NoFailedList -PreserveOrder -ErrorAction SilentlyContinue
        $results.Id | Should -Be 1, 2
        $results.Line | Should -Be 'library/alpine:3.20', 'library/nginx mirror/nginx 1.27=v2'
        $results.LineNumber | Should -Be 2, 4
        $results.Path | Should -Be @((Join-Path $TestDrive sent.txt), (Join-Path $TestDrive sent.txt))
        # A single reference without -DestinationRegistry.
        $results[0].Message | Should -BeLike '*sent.txt, line 2: *'
        $results[1].Tag | Should -Be '1.27=v2'
    }

    It 'its own results, serialized or not, and tests them again' {
        Set-Content list.txt 'library/alpine mirror/alpine 3.20', 'an unreadable list line', 'library/nginx again/nginx 1.27'
        $first = Test-MirrorImage list.txt -s $registry -d $registry -PreserveOrder
        Copy-TestImage $registry library/nginx again/nginx 1.27
        $serializer = [System.Management.Automation.PSSerializer]
        foreach ($results in $first, ($first | ForEach-Object { $serializer::Deserialize($serializer::Serialize($_)) })) {
            $again = $results | Test-MirrorImage -PreserveOrder
            $again.Status | Should -Be 'Passed', 'Error', 'Passed'
            $again[1].Reason, $again[1].Line | Should -Be 'InvalidLine', 'an unreadable list line'
        }
        ($first | Test-MirrorImage -PreserveOrder)[1].Path | Should -Be (Join-Path $TestDrive list.txt)
    }

    It 'a binary file, with errors and no crash' {
        $bytes = [byte[]]::new(64kb)
        [random]::new(1).NextBytes($bytes)
        Set-Content list.bin $bytes -AsByteStream
        $results = Test-MirrorImage -f list.bin -j 20 -ErrorVariable problems
        $results | Should -Not -BeNullOrEmpty
        $problems.Count | Should -Be $results.Count
        $results.Reason | Select-Object -Unique | Should -Be 'InvalidLine'
    }

    It 'all kinds at once, and gives each one result' {
        $results = "${source}:$tag", $alpine, $postgres, (Get-DemoLine registry $registry), $unknown, 'x y' | Test-MirrorImage -d $registry -j 7
        $results | Group-Object Status -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" } | Should -Be 'Error 2', 'Failed 2', 'Passed 2'
        $results.Id | Sort-Object | Should -Be (1..6)
    }

    It 'nothing, and gives nothing: <_>' -ForEach @(
        { @() | Test-MirrorImage }
        { $null | Test-MirrorImage }
        { Test-MirrorImage -InputObject @() }
        { Test-MirrorImage -f empty.txt }
        { Test-MirrorImage -LiteralPath empty.txt }
    ) {
        & $_ *>&1 | Where-Object { $_ -isnot [System.Management.Automation.InformationRecord] } | Should -BeNullOrEmpty
    }

    It 'no <Parameter> <Given>: an error that names it, and the others go on' -ForEach @(
        @{ Parameter = 'Path'; Given = 'missing.txt'; Category = 'ObjectNotFound' }
        @{ Parameter = 'Path'; Given = 'missing-*.txt'; Category = 'ObjectNotFound' }
        @{ Parameter = 'Path'; Given = 'NoSuchDrive:/list.txt'; Category = 'ObjectNotFound' }
        @{ Parameter = 'Path'; Given = 'Env:PATH'; Category = 'InvalidArgument' }
        @{ Parameter = 'Path'; Given = '.'; Category = 'ReadError' }
        @{ Parameter = 'LiteralPath'; Given = 'missing.txt'; Category = 'ObjectNotFound' }
        @{ Parameter = 'LiteralPath'; Given = '*.txt'; Category = 'ObjectNotFound' }
        @{ Parameter = 'LiteralPath'; Given = 'NoSuchDrive:/list.txt'; Category = 'ObjectNotFound' }
    ) {
        $lists = @{ $Parameter = $Given, 'one.txt' }
        (Test-MirrorImage @lists -ErrorVariable problems).Status | Should -Be 'Passed'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'ImageListUnreadable,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand'
        $problems[0].CategoryInfo.Category | Should -Be $Category
        "$($problems[0])".Contains($Given.TrimStart('.')) | Should -BeTrue
    }
}

Describe 'What image-tools users type' {
    BeforeAll {
        Set-Content short.txt '# images', '', 'library/alpine mirror/alpine 3.20', 'library/postgres mirror/postgres 16.3'
        $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $false
        $on = @{ s = $registry; d = $registry }
    }

    AfterAll { $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true }

    BeforeEach { Remove-Item *failed* }

    It 'works with all flags at once: <_>' -ForEach 'Test-MirrorImage', 'mirror-validate' {
        $all = & $_ -f ./short.txt @on -a amd64,arm64,arm -j 20 -o failed.txt -debug 5>&1
        $debug, $results = $all.Where({ $_ -is [System.Management.Automation.DebugRecord] }, 'Split')
        $results.Status | Sort-Object | Should -Be 'Failed', 'Passed'
        $debug | Should -Not -BeNullOrEmpty
        Get-Content failed.txt | Should -Be 'library/postgres mirror/postgres 16.3'
        'mirror-validate-failed.txt' | Should -Not -Exist
    }

    It 'works as documented: <Line>' -ForEach @(
        @{ Line = { Test-MirrorImage -f ./short.txt -j 10 @on } }
        @{ Line = { Test-MirrorImage -f ./short.txt @on } }
        @{ Line = { Test-MirrorImage -f ./short.txt -j 20 @on } }
        @{ Line = { Test-MirrorImage -f short.txt -o validate-failed-list.txt @on }; FailedList = 'validate-failed-list.txt' }
        @{ Line = { Test-MirrorImage -f ./short.txt -debug @on 5>$null } }
        @{ Line = { Test-MirrorImage -f ./short.txt -a amd64,arm64,arm @on } }
    ) {
        & $Line | Should -HaveCount 2
        Get-Content ($_['FailedList'] ?? 'mirror-validate-failed.txt') | Should -Be 'library/postgres mirror/postgres 16.3'
    }

    It 'takes architectures as one text with commas' {
        (Get-DemoLine redis $registry | Test-MirrorImage -a 'amd64,arm64').Status | Should -Be 'Passed'
        (Get-DemoLine redis $registry | Test-MirrorImage -a 'amd64, arm64, arm').Reason | Should -Be 'SpecMismatch'
    }
}

Describe 'Registries and projects' {
    AfterEach { $env:SOURCE_REGISTRY = $env:DEST_REGISTRY = $null }

    It 'of parameters replace what the line says' {
        $result = 'registry.invalid/library/alpine other.invalid:5000/mirror/alpine 3.20' | Test-MirrorImage -s $registry -d $registry
        $result.Status, $result.Source, $result.Destination | Should -Be 'Passed', $source, $destination
    }

    It 'of the environment do where no parameter does' {
        $env:SOURCE_REGISTRY = $env:DEST_REGISTRY = $registry
        ('registry.invalid/library/alpine mirror/alpine 3.20' | Test-MirrorImage).Status | Should -Be 'Passed'
    }

    It 'of parameters win over the environment, also empty ones, which take the line at its word' {
        $env:SOURCE_REGISTRY = 'source.invalid'
        $env:DEST_REGISTRY = 'destination.invalid'
        (Get-DemoLine alpine | Test-MirrorImage -s $registry -d $registry).Status | Should -Be 'Passed'
        ($alpine | Test-MirrorImage -s '' -d '').Status | Should -Be 'Passed'
    }

    It 'of the environment are named by their variable when they are wrong' {
        $env:SOURCE_REGISTRY = 'https://registry.example'
        { $alpine | Test-MirrorImage } | Should -Throw '*SOURCE_REGISTRY*'
    }

    It 'of a destination without a project are in "<Project>" with "<Option.Values>"' -ForEach @(
        @{ Option = @{}; Project = 'library/' }
        @{ Option = @{ DefaultProject = 'apps' }; Project = 'apps/' }
        @{ Option = @{ DefaultProject = '/apps/base/' }; Project = 'apps/base/' }
        @{ Option = @{ DefaultProject = '' }; Project = '' }
    ) {
        Copy-TestImage $registry library/tools "${Project}plain" 1.4
        Copy-TestImage $registry library/tools from 1.4
        $result = 'from plain 1.4' | Test-MirrorImage -s $registry -d $registry -Comparison Platform @Option
        $result.Status, $result.Destination | Should -Be 'Passed', "$registry/${Project}plain"
    }

    It 'are in the projects that -SourceProject and -DestinationProject name' {
        Copy-TestImage $registry library/tools team/named 1.4
        Copy-TestImage $registry library/tools copies/named 1.4
        $inProjects = @{ SourceProject = 'team'; DestinationProject = 'copies'; NoFailedList = $true; Comparison = 'Platform' }
        $result = "$registry/a/named $registry/b/named 1.4", "$registry/named $registry/named 1.4" | Test-MirrorImage @inProjects
        $result.Status | Should -Be 'Passed', 'Passed'
        $result.Source | Should -Be "$registry/team/named", "$registry/team/named"
        $result.Destination | Should -Be "$registry/copies/named", "$registry/copies/named"
        ($result | Test-MirrorImage @inProjects).Status | Should -Be 'Passed', 'Passed'
        { 'a/b' | Test-MirrorImage -SourceProject 'a b' } | Should -Throw '-SourceProject: "a b" is not a project*'
        { 'a/b' | Test-MirrorImage -DestinationProject 'A' } | Should -Throw '-DestinationProject: "A" is not a project*'
    }

    It 'of a single reference need -DestinationRegistry' {
        $result = "${source}:$tag" | Test-MirrorImage -DestinationRegistry $registry
        $result.Status, $result.Destination | Should -Be 'Passed', $source
        $without = "${source}:$tag" | Test-MirrorImage
        $without.Reason | Should -Be 'InvalidLine'
        $without.Message | Should -BeLike '*-DestinationRegistry*'
    }
}

Describe 'Parameters' {
    It 'go together: <_.Keys>' -ForEach @(
        @{ Architecture = 'amd64'; Comparison = 'Platform'; DefaultProject = 'library'; TimeoutSec = 30; MaximumRetryCount = 2; PreserveOrder = $true }
        @{ InsecureRegistry = 'registry.example:5000', '127.0.0.1'; SourceCredential = $null; DestinationCredential = [pscredential]::Empty }
        @{ InsecureRegistry = $null; DefaultProject = $null; SourceRegistry = $null; DestinationRegistry = '' }
    ) {
        $option = $_
        ($alpine | Test-MirrorImage @option).Status | Should -Be 'Passed'
    }

    It 'that mean nothing are refused: <_>' -ForEach @(
        { Test-MirrorImage -TimeoutSec 0 }
        { Test-MirrorImage -MaximumRetryCount -1 }
        { Test-MirrorImage -Path '' }
        { Test-MirrorImage -a '' }
        { Test-MirrorImage -Comparison Sloppy }
        { Test-MirrorImage -Depth Deep }
        { Test-MirrorImage -f list.txt -Source x }
    ) {
        $_ | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'like -ThrottleLimit <Given> give a warning, and <Used> is used' -ForEach @(
        @{ Given = 0; Used = 1 }
        @{ Given = -3; Used = 1 }
        @{ Given = 21; Used = 20 }
        @{ Given = 500; Used = 20 }
    ) {
        ($alpine | Test-MirrorImage -ThrottleLimit $Given -WarningVariable warnings -WarningAction SilentlyContinue).Status | Should -Be 'Passed'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*$Given *using $Used."
    }

    It 'take credentials as PSCredential' {
        $closed = Open-TestRegistry -Option '--user', 'me:secret'
        $credential = [pscredential]::new('me', [System.Net.NetworkCredential]::new('', 'secret').SecurePassword)
        $line = Get-DemoLine alpine $closed
        ($line | Test-MirrorImage -SourceCredential $credential -DestinationCredential $credential).Status | Should -Be 'Passed'
        ($line | Test-MirrorImage).Reason | Should -Be 'Unauthorized'
        $list = Get-ManifestList "$closed/library/alpine:3.20" -Credential $credential
        $list.Image | Should -Be "$closed/library/alpine:3.20"
        $list.Manifests | Should -HaveCount 4
        Get-ManifestList "$closed/library/alpine:3.20" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'Unauthorized,*'
    }
}
