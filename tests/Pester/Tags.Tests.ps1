BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $x = "$registry/team/x"
    foreach ($repository in 'team/x', 'copies/x') {
        Copy-TestImage $registry library/alpine $repository 3.20
        $text = Get-ManifestList "$registry/${repository}:3.20" -Raw
        $type = ($text | ConvertFrom-Json).mediaType
        foreach ($tag in '1.26', '1.27', '1.27-alpine', '2.0', 'latest') {
            $null = Invoke-RestMethod "http://$registry/v2/$repository/manifests/$tag" -Method Put -ContentType $type -Body $text
        }
    }
}

AfterAll { Exit-TestBed }

Describe 'Get-ImageTag' {
    It 'shows a table that fits 80 columns' {
        $lines = Get-ImageTag $x | Out-String -Width 80 -Stream | Where-Object { $_ }
        $lines[0] | Should -MatchExactly '^Tag +Source$'
        $lines[2] | Should -BeExactly "1.26$(' ' * 29)$x"
        $lines | Should -HaveCount 8
    }

    It 'filters by expression and by version' {
        (Get-ImageTag $x -Match '^1' -Exclude ALPINE).Tag | Should -Be '1.26', '1.27'
        (Get-ImageTag $x -SemVer '>=1.27').Tag | Should -Be '1.27', '2.0', '3.20'
        (Get-ImageTag $x -SemVer '1.x', '>=3').Tag | Should -Be '1.26', '1.27', '3.20'
    }

    It 'compares two whole repositories in a line' {
        $results = Get-ImageTag $x | Test-MirrorImage -DestinationRegistry $registry -DestinationProject copies -NoFailedList
        $results | Should -HaveCount 6
        $results.Status | Select-Object -Unique | Should -Be 'Passed'
        $results.Destination | Select-Object -Unique | Should -Be "$registry/copies/x"
    }

    It 'survives CSV, JSON and CLIXML, and is an entry still' {
        $tags = Get-ImageTag $x
        $tags | Export-Csv tags.csv
        $tags | Export-Clixml tags.xml
        $tags | ConvertTo-Json | Set-Content tags.json
        foreach ($again in (Import-Csv tags.csv), (Import-Clixml tags.xml), (Get-Content tags.json | ConvertFrom-Json)) {
            $again | Test-MirrorImage -DestinationRegistry $registry -DestinationProject copies -Quiet -NoFailedList | Should -BeTrue
        }
        $tags | Export-MirrorList tags.txt
        Get-Content tags.txt | Should -Be $tags.Image
    }

    It 'gives what Get-ManifestList takes' {
        (Get-ImageTag $x -Match latest | Get-ManifestList).Image | Should -Be "${x}:latest"
    }

    It 'lists the sources of a list' {
        Set-Content list.txt "$x $registry/copies/x 1.27"
        (Import-MirrorList list.txt | Get-ImageTag).Tag | Should -Contain '2.0'
    }
}

Describe '-ResolveTag' {
    BeforeAll {
        Set-Content regsync.yml 'sync:', "- {source: $x, target: $registry/copies/x, type: repository, tags: {allow: ['1.*'], deny: ['.*-.*']}}"
    }

    It 'makes an entry of each tag that the list means' {
        $entries = Import-MirrorList regsync.yml -ResolveTag
        $entries.Line | Should -Be "$x $registry/copies/x 1.26", "$x $registry/copies/x 1.27"
        (Test-MirrorImage regsync.yml -ResolveTag).Status | Should -Be 'Passed', 'Passed'
    }

    It 'is what the error of such a list says' {
        Import-MirrorList regsync.yml -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*add -ResolveTag*'
        Test-MirrorImage regsync.yml -Quiet -NoFailedList -ErrorAction Ignore | Should -BeFalse
    }

    It 'says how many tags were selected' {
        Import-MirrorList regsync.yml -ResolveTag -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } |
            Should -BeLike "*expand ${x}: 2 of 6 tags that match `"1.*`""
    }
}
