BeforeDiscovery {
    $noSkopeo = -not (Get-Command skopeo -CommandType Application -ErrorAction Ignore)
    if ($noSkopeo -and $env:MIRRORVALIDATE_REQUIRE_REAL_REGISTRY) { throw 'skopeo is required and not installed: apt-get install skopeo' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $commands = 'MirrorValidate.PowerShell.Commands'
    Get-DemoLine alpine, nginx, busybox $registry | Set-Content list.txt
    $saved = Save-MirrorSource list.txt -StorePath saved.tar -ThrottleLimit 3
}

AfterAll { Exit-TestBed }

Describe 'Save-MirrorSource' {
    It 'gives an object for each entry' {
        $saved.Status | Should -Be 'Saved', 'Saved', 'Saved'
        ($saved | Sort-Object Id).Tag | Should -Be '3.20', '1.27', '1.36'
        $saved.Bytes | ForEach-Object { $_ | Should -BeGreaterThan 1000 }
    }

    It 'adds nothing where nothing is new, and leaves nothing beside the store' {
        (Save-MirrorSource list.txt -StorePath saved.tar).Bytes | Should -Be 0, 0, 0
        Get-ChildItem -Force -Name -Filter '*saved*' | Should -Be 'saved.tar'
    }

    It 'writes nothing with -WhatIf' {
        Get-Content list.txt | Save-MirrorSource -StorePath not-written -WhatIf
        'not-written' | Should -Not -Exist
    }

    It 'leaves no store where the pipeline is stopped' {
        Save-MirrorSource list.txt -StorePath stopped | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        Get-ChildItem -Force -Name -Filter '*stopped*' | Should -BeNullOrEmpty
    }

    It 'tells what could not be saved, and saves the rest' {
        $some = (Get-DemoLine alpine $registry), "$registry/library/nothing x y" | Save-MirrorSource -StorePath some -ErrorVariable problems -ErrorAction SilentlyContinue
        $some.Status | Should -Be 'Saved', 'Error'
        $problems.FullyQualifiedErrorId | Should -Be "SourceNotFound,$commands.SaveMirrorSourceCommand"
        (Get-StoreImage some).Tag | Should -Be '3.20'
    }

    It 'takes an image by its parts, by name and from the properties of objects' {
        $one = Save-MirrorSource -Source "$registry/library/alpine" -Tag 3.20 -StorePath parts
        $one.Status | Should -Be 'Saved'
        $two = [pscustomobject]@{ Source = "$registry/library/busybox"; Tag = '1.36' } | Save-MirrorSource -StorePath parts
        $two.Status | Should -Be 'Saved'
        Get-StoreImage saved.tar | Where-Object Tag -EQ 1.27 | Save-MirrorSource -StorePath parts | Should -Not -BeNullOrEmpty
        (Get-StoreImage parts).Tag | Should -Be '3.20', '1.36', '1.27'
    }

    It 'asks the source for the tags that a list leaves to it' {
        Set-Content regsync.yml 'sync:', "- {source: $registry/library/nginx, target: example.com/nginx, type: repository, tags: {allow: ['1.*']}}"
        Save-MirrorSource regsync.yml -StorePath resolved -ErrorVariable problems -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
        "$problems" | Should -BeLike '*add -ResolveTag*'
        $all = Save-MirrorSource regsync.yml -StorePath resolved -ResolveTag
        $all.Status | Select-Object -Unique | Should -Be 'Saved'
        (Get-StoreImage resolved).Tag | Should -Be @($all.Tag | ForEach-Object { ($_ -split '=')[0] } | Sort-Object)
    }

    It 'refuses <Target>' -ForEach @(
        @{ Target = 'x.tar.zst' }
        @{ Target = 'x.gz' }
        @{ Target = 'home' }
    ) {
        { Get-Content list.txt | Save-MirrorSource -StorePath $Target } | Should -Throw -ErrorId "StoreUnwritable,$commands.SaveMirrorSourceCommand"
    }
}

Describe 'Get-StoreImage' {
    It 'lists names, digests and platforms, and that layers are missing' {
        $images = Get-StoreImage saved.tar
        $images.Source | Should -Be "$registry/library/alpine", "$registry/library/busybox", "$registry/library/nginx"
        $images[0].Digest | Should -Be (Get-ManifestList "$registry/library/alpine:3.20").Digest
        $images[0].Platforms | Should -Contain 'linux/arm64/v8'
        $images.Complete | Should -Be $false, $false, $false
    }

    It 'shows a table' {
        $text = Get-StoreImage saved.tar | Out-String -Width 80
        $text | Should -Match 'Complete +Tag +Source +Platforms'
        $text | Should -Match "False +3\.20 +$registry/library/alpine"
    }

    It 'takes a folder with a colon in its name' -Skip:$IsWindows {
        $null = [System.IO.Directory]::CreateDirectory("$PWD/sync/app:1")
        Set-Content -LiteralPath "$PWD/sync/app:1/version" 'Directory Transport Version: 1.1'
        Get-ManifestList "$registry/library/hello-world:linux" -Raw | Set-Content -NoNewline -LiteralPath "$PWD/sync/app:1/manifest.json"
        (Get-StoreImage sync/app:1).Source | Should -Be 'dir:sync/app:1'
        (Get-StoreImage ./sync).Tag | Should -Be '1'
    }

    It 'takes files, wildcards and drives' {
        (Get-Item saved.tar | Get-StoreImage).Count | Should -Be 3
        (Get-StoreImage save*.tar).Count | Should -Be 3
        (Get-StoreImage TestDrive:/saved.tar).Count | Should -Be 3
    }

    It 'ends with an error for <Path>' -ForEach @(
        @{ Path = 'nowhere.tar'; Id = 'StoreNotFound'; Message = '*no such file or folder*' }
        @{ Path = 'nowhere*.tar'; Id = 'StoreNotFound'; Message = '*' }
        @{ Path = 'list.txt'; Id = 'StoreUnreadable'; Message = '*a text file*what is read is an OCI image layout*' }
        @{ Path = 'oci:saved.tar:3.20'; Id = 'StoreUnreadable'; Message = '*name the store only*' }
    ) {
        $problem = { Get-StoreImage $Path } | Should -Throw -ErrorId "$Id,$commands.GetStoreImageCommand" -PassThru
        $problem.Exception.Message | Should -BeLike $Message
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'Test-MirrorImage with stores' {
    It 'takes the source from a store and asks it nothing' {
        $results = Test-MirrorImage list.txt -SourceStore saved.tar -Depth Content -PreserveOrder
        $results.Status | Should -Be 'Passed', 'Passed', 'Passed'
        $results.Proof.Level | Should -Be 'Content', 'Content', 'Content'
        $results.RequestCount | ForEach-Object { $_ | Should -BeLessOrEqual 7 }
    }

    It 'takes what a store holds from the pipeline' {
        (Get-StoreImage saved.tar | Test-MirrorImage -SourceStore saved.tar -DestinationRegistry $registry).Status | Should -Be 'Passed', 'Passed', 'Passed'
    }

    It 'fails for a sparse store as destination, and says that it is sparse' {
        $result = "$registry/library/alpine:3.20" | Test-MirrorImage -DestinationStore saved.tar -Depth Blob -NoFailedList
        $result.Reason | Should -Be 'BlobMissing'
        $result.Message | Should -BeLike '*destination store saved.tar: there is no blobs/sha256/*the store is sparse*'
    }

    It 'writes a line with a transport to the failed list as it is' {
        $line = "oci-archive:./saved.tar:$registry/library/alpine:3.20 $registry/mirror/nothing 3.20"
        $line | Test-MirrorImage -FailedListPath failed.txt | ForEach-Object Reason | Should -Be 'DestinationNotFound'
        Get-Content failed.txt | Should -Be $line
        Test-MirrorImage failed.txt -NoFailedList | ForEach-Object Reason | Should -Be 'DestinationNotFound'
    }

    It 'ends before the first entry without a store' {
        { 'a b c' | Test-MirrorImage -SourceStore nowhere } | Should -Throw -ErrorId "StoreNotFound,$commands.TestMirrorImageCommand"
    }

    It 'completes paths, also after a repository' {
        $line = 'Test-MirrorImage -SourceStore docker.io/library/alpine=sav'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Match '^docker\.io/library/alpine=.*saved\.tar$'
        $line = 'Get-StoreImage sav'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Match 'saved\.tar$'
    }
}

Describe 'Get-ManifestList with stores' {
    It 'looks into a store' {
        $there = Get-ManifestList "$registry/library/alpine:3.20" -Raw
        Get-ManifestList "$registry/library/alpine:3.20" -Store saved.tar -Raw | Should -BeExactly $there
        Get-ManifestList "oci-archive:saved.tar:$registry/library/alpine:3.20" -Raw | Should -BeExactly $there
    }
}

Describe 'What skopeo reads and writes' -Skip:$noSkopeo {
    It 'reads a saved source as it is' {
        & skopeo inspect --raw "oci-archive:saved.tar:$registry/library/nginx:1.27" | Join-String -Separator "`n" |
            Should -BeExactly (Get-ManifestList "$registry/library/nginx:1.27" -Raw).TrimEnd("`n")
    }

    It 'writes <Target>, which passes at every depth' -ForEach @(
        @{ Target = 'oci:layout:1.27' }
        @{ Target = 'oci-archive:layout.tar:1.27' }
        @{ Target = 'dir:folder' }
    ) {
        & skopeo copy --insecure-policy --all --src-tls-verify=false "docker://$registry/library/nginx:1.27" $Target *> skopeo.log
        $LASTEXITCODE | Should -Be 0
        $results = "$Target $registry/mirror/nginx 1.27", "$registry/library/nginx $Target 1.27" | Test-MirrorImage -Depth Content -NoFailedList -IncludeAttestation
        $results.Status | Should -Be 'Passed', 'Passed'
    }
}
