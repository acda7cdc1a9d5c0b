BeforeDiscovery {
    $noSkopeo = -not (Get-Command skopeo -CommandType Application -ErrorAction Ignore)
    if ($noSkopeo -and $env:MIRRORVALIDATE_REQUIRE_REAL_REGISTRY) { throw 'skopeo is required and not installed: apt-get install skopeo' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $runbooks = Join-Path $PSScriptRoot '../../docs/runbooks'
    Get-DemoLine alpine, nginx $registry | Set-Content good.txt
    @('# images') + (Get-DemoLine alpine, postgres, etcd $registry) | Set-Content bad.txt
    'a b c d e', (Get-DemoLine postgres $registry) | Set-Content unreadable.txt
    $null = New-Item -ItemType File -Path empty.txt
    Set-Content unknown.yml 'apiVersion: v1', 'kind: Pod'
    Set-Content broken.yml 'version: 1', 'sync:', "  - {source: $registry/library/alpine:3.20, target: $registry/mirror/alpine:3.20, type: image}", '  - {{'
    $null = New-Item -ItemType Directory -Path folder

    function Invoke-Runbook([string] $Name, [hashtable] $Option) {
        $global:LASTEXITCODE = $null
        $output = & (Join-Path $runbooks "$Name.ps1") @Option 2>&1 3>&1
        [pscustomobject]@{ Text = $output | Out-String -Width 500; Lines = @($output); ExitCode = $LASTEXITCODE }
    }
}

AfterAll { Exit-TestBed }

Describe 'Every runbook' {
    It '<_> explains itself and its exit codes' -ForEach 'Invoke-NightlyCheck', 'Test-SkopeoSync', 'Repair-Mirror', 'Invoke-MirrorGate', 'Invoke-GapDeparture', 'Invoke-GapArrival', 'Invoke-MirrorFleet' {
        $help = Get-Help (Join-Path $runbooks "$_.ps1") -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Description | Out-String | Should -Match 'Exit codes: 0 .+; 1 .+; 2 .+; 3 '
        @($help.examples.example).Count | Should -BeGreaterThan 0
        $help.parameters.parameter | Where-Object Name -NotIn 'WhatIf', 'Confirm' |
            ForEach-Object { $_.description | Out-String | Should -Match '\w' -Because $_.name }
    }

    It '<Name> ends with <Code> for <List>' -ForEach @(
        foreach ($name in 'Invoke-NightlyCheck', 'Invoke-MirrorGate', 'Repair-Mirror') {
            @{ Name = $name; List = 'good.txt'; Code = 0 }
            @{ Name = $name; List = 'bad.txt'; Code = 1 }
            @{ Name = $name; List = 'unreadable.txt'; Code = 2 }
            @{ Name = $name; List = 'empty.txt'; Code = 3 }
            # A list that is not read is never green, whatever the other lists say.
            foreach ($unread in 'nowhere.txt', 'no*where.txt', 'unknown.yml', 'broken.yml', 'folder', 'Env:/PATH') {
                @{ Name = $name; List = $unread; Code = 3 }
                @{ Name = $name; List = 'good.txt', $unread; Code = 3 }
            }
        }
    ) {
        $option = @{ Path = $List }
        if ($Name -eq 'Repair-Mirror') { $option['WhatIf'] = $true }
        $run = Invoke-Runbook $Name $option
        $run.ExitCode | Should -Be $Code
        if ($Code -eq 3 -and $List -ne 'empty.txt') { $run.Text | Should -BeLike "*$(@($List)[-1].Split('/')[-1])*" }
    }

    It '<Name> takes several lists from pwsh -File' -ForEach @(
        @{ Name = 'Invoke-NightlyCheck'; Words = '*2 passed, 2 failed*' }
        @{ Name = 'Invoke-MirrorGate'; Words = '*2 passed, 2 failed*' }
        @{ Name = 'Repair-Mirror'; Words = '*4 tested, 2 failed at first*' }
    ) {
        (Get-DemoLine alpine $registry) | Set-Content one.txt
        $option = @{ Path = 'one.txt,bad.txt'; Architecture = 'amd64,arm64' }
        if ($Name -eq 'Repair-Mirror') { $option['WhatIf'] = $true }
        (Invoke-Runbook $Name $option).Text | Should -BeLike $Words
    }
}

Describe 'Invoke-NightlyCheck' {
    It 'writes a report that can be mailed' {
        $run = Invoke-Runbook Invoke-NightlyCheck @{ Path = 'bad.txt'; ReportPath = 'report.txt'; ResultPath = 'results.csv'; FailedListPath = 'night.txt' }
        Get-Content report.txt | Should -Be $run.Lines
        $run.Lines[0] | Should -BeLike 'Subject: Mirror check on *: 1 passed, 2 failed, 0 not compared'
        $run.Lines[2] | Should -BeExactly ''
        $run.Text | Should -Match "- ``$registry/library/postgres:16\.3``: SpecMismatch\r?\n +- at ``$registry/mirror/postgres``\r?\n"
        $run.Lines[-1] | Should -Be "To mirror and test again: $(Join-Path $TestDrive night.txt)"
        (Import-Csv results.csv).Status | Should -Be 'Passed', 'Failed', 'Failed'
    }

    It 'keeps the page, and tells what changed since the last run' {
        Set-Content nightly.txt (Get-DemoLine alpine, nginx $registry)
        $option = @{ Path = 'nightly.txt'; PagePath = 'page.html'; BaselinePath = 'last.json' }
        (Invoke-Runbook Invoke-NightlyCheck $option).Text | Should -Not -Match 'baseline'
        Get-Content page.html -Raw | Should -Match '<title>The mirror is right: Mirror check on '
        Set-Content nightly.txt (Get-DemoLine alpine, postgres $registry)
        $run = Invoke-Runbook Invoke-NightlyCheck $option
        $run.Text | Should -Match 'Since the baseline: 0 newly failed, 0 still failed, 0 mended, 1 gone, 1 new\.'
        Get-Content page.html -Raw | Should -Match 'Since the baseline'
        (Get-Content last.json -Raw | ConvertFrom-Json).results.tag | Should -Be '3.20', '16.3'
    }

    It 'tells of a list that it could not read, and checks the others' {
        $run = Invoke-Runbook Invoke-NightlyCheck @{ Path = 'nowhere.txt', 'good.txt' }
        $run.Lines[0] | Should -BeLike '*lists could not be read; 2 passed, *'
        $run.Text | Should -Match 'cannot read the image list nowhere\.txt'
    }

    It 'runs in a process of its own, where nobody can be asked' {
        $modulePath = $env:PSModulePath
        $env:PSModulePath = Split-Path (Split-Path (Get-Module MirrorValidate).Path)
        try {
            $output = Invoke-Pwsh -NoProfile -NonInteractive -File (Join-Path $runbooks Invoke-NightlyCheck.ps1) -Path unreadable.txt -SourceRegistry $registry
        }
        finally {
            $env:PSModulePath = $modulePath
        }
        $LASTEXITCODE | Should -Be 2
        $output[0] | Should -BeLike 'Subject: *: 0 passed, 1 failed, 1 not compared'
    }
}

Describe 'Invoke-MirrorGate' {
    It 'writes a line for each image that did not pass' {
        $run = Invoke-Runbook Invoke-MirrorGate @{ Path = 'bad.txt' }
        $run.Lines[0] | Should -BeLike "FAILED $registry/library/postgres:16.3 SpecMismatch: *"
        $run.Lines[1] | Should -BeLike "FAILED $registry/library/etcd:3.5 DestinationManifestMissing: *"
        $run.Lines[2] | Should -BeLike '1 passed, 2 failed, 0 errors in *'
    }

    It 'annotates the lines of the list on GitHub Actions' {
        $env:GITHUB_ACTIONS = 'true'
        try {
            $run = Invoke-Runbook Invoke-MirrorGate @{ Path = 'bad.txt' }
        }
        finally {
            $env:GITHUB_ACTIONS = $null
        }
        $run.Lines[0] | Should -BeLike "::error file=bad.txt,line=3,title=Failed::$registry/library/postgres:16.3 SpecMismatch: *"
    }

    It 'writes a JUnit report' {
        $null = Invoke-Runbook Invoke-MirrorGate @{ Path = 'bad.txt', 'unreadable.txt'; JUnitPath = 'report.xml' }
        $suites = ([xml](Get-Content report.xml -Raw)).testsuites
        $suites.tests, $suites.failures, $suites.errors | Should -Be '5', '3', '1'
        $suites.testsuite.name | Should -Be 'bad.txt', 'unreadable.txt'
        $suites.testsuite[0].testcase[1].name | Should -Be "$registry/library/postgres:16.3"
        $suites.testsuite[0].testcase[1].failure.type | Should -Be 'SpecMismatch'
        $suites.testsuite[1].testcase[0].error.type | Should -Be 'InvalidLine'
    }

    It 'writes a JUnit report that is not green for <Name>' -ForEach @(
        @{ Name = 'a list that was not read'; Path = 'good.txt', 'nowhere.txt'; Words = '*nowhere.txt*' }
        @{ Name = 'no images'; Path = 'empty.txt'; Words = 'Nothing was tested.*' }
    ) {
        $null = Invoke-Runbook Invoke-MirrorGate @{ Path = $Path; JUnitPath = 'red.xml' }
        $suites = ([xml](Get-Content red.xml -Raw)).testsuites
        $suites.errors | Should -Be '1'
        $suites.SelectSingleNode('//error').message | Should -BeLike $Words
    }
}

Describe 'With skopeo' -Skip:$noSkopeo {
    It 'Test-SkopeoSync passes what skopeo sync has copied' {
        skopeo sync --all --src docker --dest docker --src-tls-verify=false --dest-tls-verify=false "$registry/library/alpine" "$registry/synced" 2>&1 | Out-Null
        $option = @{ Repository = "$registry/library/alpine"; Destination = "$registry/synced"; InsecureRegistry = $registry }
        $run = Invoke-Runbook Test-SkopeoSync $option
        $run.Text | Should -BeLike '1 passed, 0 failed, 0 errors in *'
        $run.ExitCode | Should -Be 0
    }

    It 'Test-SkopeoSync looks where --scoped puts it' {
        # skopeo cannot put a registry with a port there, and nothing here has none: where it looked stands in the failed list.
        $PSDefaultParameterValues['Test-MirrorImage:MaximumRetryCount'] = 0
        try {
            $null = Invoke-Runbook Test-SkopeoSync @{ Repository = 'localhost/a/b:v1'; Destination = "$registry/scoped"; Scoped = $true; FailedListPath = 'scoped.txt' }
        }
        finally {
            $PSDefaultParameterValues.Remove('Test-MirrorImage:MaximumRetryCount')
        }
        Get-Content scoped.txt | Should -Be "localhost/a/b $registry/scoped/localhost/a/b v1"
    }

    It 'Test-SkopeoSync takes the file of skopeo sync, and a destination without a path' {
        Set-Content sync.yml "`"${registry}`":", '  tls-verify: false', '  images:', '    library/nginx: ["1.27"]', '    library/pause: ["3.9"]'
        skopeo sync --all --src yaml --dest docker --dest-tls-verify=false sync.yml $registry 2>&1 | Out-Null
        $run = Invoke-Runbook Test-SkopeoSync @{ SyncFile = 'sync.yml'; Destination = $registry; InsecureRegistry = $registry }
        $run.Text | Should -BeLike '2 passed, 0 failed, 0 errors in *'
        $run.ExitCode | Should -Be 0
    }

    It 'Test-SkopeoSync names what it cannot read of the file, and tests the rest: <Case>' -ForEach @(
        @{ Case = 'a tag'; Lines = '    library/nginx: ["1.27", "a b"]'; Words = '*a b*'; Code = 2 }
        @{ Case = 'an expression'; Lines = '    library/nginx: ["1.27"]', '  images-by-tag-regex:', '    library/pause: ^3'; Words = '*broken-sync.yml, line 6*'; Code = 2 }
        @{ Case = 'the end'; Lines = '    library/nginx: ["1.27"]', '  }}'; Words = '*broken-sync.yml*'; Code = 3 }
    ) {
        Set-Content broken-sync.yml (@("`"${registry}`":", '  tls-verify: false', '  images:') + $Lines)
        skopeo copy --all --src-tls-verify=false --dest-tls-verify=false "docker://$registry/library/nginx:1.27" "docker://$registry/nginx:1.27" 2>&1 | Out-Null
        $run = Invoke-Runbook Test-SkopeoSync @{ SyncFile = 'broken-sync.yml'; Destination = $registry; InsecureRegistry = $registry }
        $run.ExitCode | Should -Be $Code
        $run.Lines[0] | Should -BeLike 'NOT READ *'
        $run.Lines[0] | Should -BeLike $Words
        if ($Code -eq 2) { $run.Lines[-1] | Should -BeLike '1 passed, 0 failed, 0 errors in *' }
    }

    It 'Test-SkopeoSync fails for a tag that is not there, and names it' {
        $run = Invoke-Runbook Test-SkopeoSync @{ Repository = "$registry/library/registry"; Destination = "$registry/mirror"; InsecureRegistry = $registry }
        $run.Lines[0] | Should -BeLike "FAILED $registry/library/registry:2.8 DestinationNotFound: *"
        $run.ExitCode | Should -Be 1
    }

    It 'Test-SkopeoSync fails for what has changed since' {
        $run = Invoke-Runbook Test-SkopeoSync @{ Repository = "$registry/library/postgres"; Destination = "$registry/mirror"; InsecureRegistry = $registry }
        $run.Lines[0] | Should -BeLike "FAILED $registry/library/postgres:16.3 SpecMismatch: *"
        $run.ExitCode | Should -Be 1
    }

    It 'Test-SkopeoSync cannot run where skopeo cannot list the tags' {
        $run = Invoke-Runbook Test-SkopeoSync @{ Repository = "$registry/no/such"; Destination = "$registry/mirror"; InsecureRegistry = $registry }
        $run.ExitCode | Should -Be 3
        $run.Lines | Should -BeOfType System.Management.Automation.ErrorRecord
        $run.Text | Should -BeLike '*skopeo list-tags*'
    }

    It 'Repair-Mirror copies what failed, and finds it right' {
        Copy-TestImage $registry library/redis repaired/redis 7.2
        Copy-TestImage $registry mirror/postgres repaired/postgres 16.3
        Set-Content broken.txt ((Get-DemoLine redis, postgres, nginx, tools $registry) -replace '/mirror/', '/repaired/')
        $option = @{ Path = 'broken.txt'; InsecureRegistry = $registry; FailedListPath = 'left.txt' }
        $run = Invoke-Runbook Repair-Mirror $option
        $run.ExitCode | Should -Be 0
        $run.Lines | Should -Be @(
            "COPIED docker://$registry/library/postgres:16.3 to docker://$registry/repaired/postgres:16.3"
            "COPIED docker://$registry/library/nginx:1.27 to docker://$registry/repaired/nginx:1.27"
            "COPIED docker://$registry/library/tools:1.4 to docker://$registry/repaired/tools:1.4"
            '4 tested, 3 failed at first, 0 not right at the end'
        )
        'left.txt' | Should -Not -Exist
        (Test-MirrorImage broken.txt -NoFailedList -Comparison Digest -Architecture *).Status | Select-Object -Unique | Should -Be 'Passed'
        (Invoke-Runbook Repair-Mirror $option).Lines | Should -Be '4 tested, 0 failed at first, 0 not right at the end'
    }

    It 'Repair-Mirror copies to the other tag where the line says ONE=OTHER' {
        Set-Content renamed.txt "$registry/library/alpine $registry/renamed/alpine 3.20=stable"
        $run = Invoke-Runbook Repair-Mirror @{ Path = 'renamed.txt'; InsecureRegistry = $registry }
        $run.Lines[0] | Should -Be "COPIED docker://$registry/library/alpine:3.20 to docker://$registry/renamed/alpine:stable"
        $run.ExitCode | Should -Be 0
        (Get-ManifestList "$registry/renamed/alpine:stable").Digest | Should -Be (Get-ManifestList "$registry/library/alpine:3.20").Digest
    }

    It 'Repair-Mirror does not copy what could not be compared, and keeps it in the failed list' {
        $nowhere = "$registry/library/nope $registry/repaired/nope v1"
        Set-Content mixed.txt $nowhere, ((Get-DemoLine pause $registry) -replace '/mirror/', '/mixed/')
        $run = Invoke-Runbook Repair-Mirror @{ Path = 'mixed.txt'; InsecureRegistry = $registry }
        $run.ExitCode | Should -Be 2
        $run.Lines | ForEach-Object { "$_".Split(' ')[0] } | Should -Be 'COPIED', 'ERROR', '2'
        Get-Content mirror-validate-failed.txt | Should -Be $nowhere
    }

    It 'Repair-Mirror copies nothing with -WhatIf' {
        Set-Content whatif.txt ((Get-DemoLine alpine $registry) -replace '/mirror/', '/whatif/')
        (Invoke-Runbook Repair-Mirror @{ Path = 'whatif.txt'; InsecureRegistry = $registry; WhatIf = $true }).ExitCode | Should -Be 1
        (Test-MirrorImage whatif.txt -NoFailedList).Reason | Should -Be 'DestinationNotFound'
    }
}

Describe 'Across the air gap' {
    BeforeAll {
        $images = Get-DemoLine alpine, nginx, postgres $registry
        $images | Set-Content gap.txt
        # What is carried: alpine and nginx as they are at the source, and no postgres.
        foreach ($line in $images | Select-Object -First 2) {
            $source, $null, $tag = $line -split ' '
            if (Get-Command skopeo -CommandType Application -ErrorAction Ignore) {
                & skopeo sync --insecure-policy --all --scoped --src-tls-verify=false --src docker --dest dir "${source}:$tag" carried *> skopeo.log
            }
        }
    }

    It 'saves the sources and finds what is not on the disk' -Skip:$noSkopeo {
        $run = Invoke-Runbook Invoke-GapDeparture @{ Path = 'gap.txt'; Carried = 'carried'; SourcePath = 'source.tar' }
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match "FAILED $registry/library/postgres:16.3 DestinationNotFound: "
        $run.Lines[-1] | Should -Be '3 of 3 sources saved, 2 of 3 images right on the disk'
        'source.tar' | Should -Exist
    }

    It 'proves what arrived without the sources' -Skip:$noSkopeo {
        Get-Content gap.txt -TotalCount 2 | Set-Content arrived.txt
        $run = Invoke-Runbook Invoke-GapArrival @{ Path = 'arrived.txt'; SourcePath = 'source.tar'; Carried = 'carried'; DestinationRegistry = $registry }
        $run.Text | Should -Match '2 of 2 images right on the disk'
        $run.Lines[-1] | Should -Be "2 of 2 images right at $registry"
        $run.ExitCode | Should -Be 0
    }

    It 'fails for what is wrong at the registry' -Skip:$noSkopeo {
        $run = Invoke-Runbook Invoke-GapArrival @{ Path = 'gap.txt'; SourcePath = 'source.tar'; DestinationRegistry = $registry; FailedListPath = 'gap-failed.txt' }
        $run.ExitCode | Should -Be 1
        Get-Content gap-failed.txt | Should -Be (Get-DemoLine postgres $registry)
    }

    It 'cannot do its work <Why>' -ForEach @(
        @{ Why = 'without a store'; Option = @{ SourcePath = 'nowhere.tar'; DestinationRegistry = 'x.example.com' } }
        @{ Why = 'with nothing to check'; Option = @{ SourcePath = 'source.tar' } }
    ) {
        (Invoke-Runbook Invoke-GapArrival (@{ Path = 'gap.txt' } + $Option)).ExitCode | Should -Be 3
    }
}

# With machines: Machines in MirrorValidate.RealRegistry.Tests.
Describe 'Invoke-MirrorFleet' {
    BeforeAll {
        function Invoke-Fleet([hashtable] $Option) {
            $default = @{ Path = 'good.txt'; HostName = '127.0.0.1:1'; ResultPath = 'fleet.jsonl'; ReportPath = 'fleet.md' }
            foreach ($name in $Option.Keys) { $default[$name] = $Option[$name] }
            Invoke-Runbook Invoke-MirrorFleet $default
        }
    }

    It 'does not run without <Name>, and writes nothing' -ForEach @(
        @{ Name = 'a list'; Option = @{ Path = 'nowhere.txt' }; Words = '*nowhere.txt*' }
        @{ Name = 'images'; Option = @{ Path = 'empty.txt' }; Words = '*names no image*' }
        @{ Name = 'a list that is whole'; Option = @{ Path = 'good.txt', 'broken.yml' }; Words = '*broken.yml*' }
        @{ Name = 'parameters that exist'; Option = @{ Parameter = @{ Dpeth = 'Blob' } }; Words = '*Dpeth*' }
        @{ Name = 'leaving the lists to it'; Option = @{ Parameter = @{ f = 'bad.txt' } }; Words = '*-Path cannot be in -Parameter*' }
        @{ Name = 'leaving files to it'; Option = @{ Parameter = @{ LogPath = 'log.txt' } }; Words = '*-LogPath cannot be in -Parameter*' }
        @{ Name = 'a place for the report'; Option = @{ ReportPath = 'nowhere/fleet.md' }; Words = '*no folder nowhere*' }
        @{ Name = 'tags'; Option = @{ Parameter = @{ ResolveTag = $true } }; Words = '*-ResolveTag cannot be in -Parameter*' }
    ) {
        $run = Invoke-Fleet $Option
        $run.ExitCode | Should -Be 3
        $run.Text -replace '\s+', ' ' | Should -BeLike $Words
        'fleet.jsonl', 'fleet.md' | Should -Not -Exist
    }

    It 'leaves earlier results alone' {
        Set-Content earlier.jsonl 'kept'
        $run = Invoke-Fleet @{ ResultPath = 'earlier.jsonl' }
        $run.ExitCode | Should -Be 3
        $run.Text | Should -BeLike '*-Force*'
        Get-Content earlier.jsonl | Should -Be 'kept'
    }

    It 'knows the format of the report before it begins' {
        { Invoke-Fleet @{ ReportPath = 'fleet.txt' } } | Should -Throw '*end with .html*'
    }
}
