BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
}

AfterAll { Exit-TestBed }

Describe 'Import-MirrorList' {
    It 'gives an entry for each line that is one' {
        Set-Content list.txt '# images', '', 'docker.io/library/nginx  mirror.example/library/nginx 1.27', 'quay.io/a/b mirror.example/a/b v1 // why'
        $entries = Import-MirrorList list.txt
        $entries.Count | Should -Be 2
        $entries[1].Source | Should -Be 'quay.io/a/b'
        $entries[1].Destination | Should -Be 'mirror.example/a/b'
        $entries[1].Tag | Should -Be 'v1'
        $entries.LineNumber | Should -Be 3, 4
    }

    It 'takes files from Get-ChildItem' {
        Set-Content one.list 'a b c'
        Set-Content two.list 'd e f'
        (Get-ChildItem *.list | Import-MirrorList).Tag | Sort-Object | Should -Be 'c', 'f'
    }

    It 'names file and line of what it cannot read, and goes on' {
        Set-Content broken.txt 'a b c', 'a b c d e', 'd e f'
        $entries = Import-MirrorList broken.txt -ErrorVariable problems -ErrorAction SilentlyContinue
        $entries.Count | Should -Be 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidLine,*'
        "$($problems[0])" | Should -Match 'broken\.txt.*\b2\b'
    }

    It 'says which file is not there' {
        Import-MirrorList ./nowhere.txt -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ImageListUnreadable,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Export-MirrorList' {
    It 'writes entries, results and lines so that they can be read again' {
        $results = Get-DemoLine alpine, postgres $registry | Test-MirrorImage -NoFailedList
        $results | Export-MirrorList results.txt
        Get-Content results.txt | Should -Be (Get-DemoLine alpine, postgres $registry)
        Import-MirrorList results.txt | Export-MirrorList entries.txt
        Get-Content entries.txt | Should -Be (Get-Content results.txt)
    }

    It 'exports what a filter left over, which then passes or fails as before' {
        Get-DemoLine -Registry $registry | Test-MirrorImage -j 4 -PreserveOrder -NoFailedList |
            Where-Object Status -NE Passed | Export-MirrorList again.txt
        (Test-MirrorImage ./again.txt -NoFailedList).Count | Should -Be 7
    }

    It 'writes UTF-8 without byte order mark, with LF' {
        'a b c', 'd e f' | Export-MirrorList bytes.txt
        [System.IO.File]::ReadAllBytes((Join-Path $TestDrive bytes.txt)) | Should -Be ([byte[]][char[]]"a b c`nd e f`n")
    }

    It 'appends with -Append' {
        'a b c' | Export-MirrorList append.txt
        'd e f' | Export-MirrorList append.txt -Append
        Get-Content append.txt | Should -Be 'a b c', 'd e f'
    }

    It 'spares a file that exists with -NoClobber' {
        Set-Content there.txt 'a b c'
        { 'd e f' | Export-MirrorList there.txt -NoClobber } | Should -Throw -ErrorId 'ImageListExists,*'
        Get-Content there.txt | Should -Be 'a b c'
    }

    It 'writes nothing with -WhatIf' {
        'a b c' | Export-MirrorList whatif.txt -WhatIf
        'whatif.txt' | Should -Not -Exist
    }
}

Describe 'Get-ManifestList' {
    It 'shows media type, digest and platforms of a list' {
        $list = Get-ManifestList "$registry/library/pause:3.9"
        $list.MediaType | Should -Be 'application/vnd.docker.distribution.manifest.list.v2+json'
        $list.Digest | Should -Match '^sha256:[0-9a-f]{64}$'
        $list.Platforms | Should -Be 'linux/amd64', 'windows/amd64:10.0.17763.5576', 'windows/amd64:10.0.20348.2340'
    }

    It 'gives the exact bytes with -Raw' {
        $raw = Get-ManifestList "$registry/library/alpine:3.20" -Raw
        $raw | Should -BeOfType string
        $hash = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($raw))
        "sha256:$([System.Convert]::ToHexString($hash).ToLowerInvariant())" | Should -Be (Get-ManifestList "$registry/library/alpine:3.20").Digest
        ($raw | ConvertFrom-Json).manifests.Count | Should -Be 4
    }

    It 'selects architectures, and everything by default' {
        (Get-ManifestList "$registry/library/nginx:1.27" -Architecture amd64).Platforms | Should -Be 'linux/amd64'
        (Get-ManifestList "$registry/library/nginx:1.27").Platforms | Should -Contain 'unknown/unknown'
    }

    It 'takes several images from the pipeline' {
        ("$registry/library/alpine:3.20", "$registry/library/tools:1.4" | Get-ManifestList).Manifests.Count | Should -Be 5
    }

    It 'is an error for what is not there, and goes on' {
        $lists = Get-ManifestList "$registry/library/nope:1", "$registry/library/alpine:3.20" -ErrorVariable problems -ErrorAction SilentlyContinue
        @($lists).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ManifestNotFound,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}
