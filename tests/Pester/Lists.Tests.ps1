BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $digest = "sha256:$('0123456789abcdef' * 4)"
    $commands = 'MirrorValidate.PowerShell.Commands'

    function Enter-EmptyFolder { Set-Location (New-Item -ItemType Directory -Path (Join-Path $TestDrive (New-Guid))) }
}

AfterAll { Exit-TestBed }

Describe 'Import-MirrorList' {
    BeforeEach { Enter-EmptyFolder }

    It 'gives an entry for each line that is one' {
        Set-Content list.txt '# images', "docker.io/library/nginx`tmirror.example/nginx  1.27", '', 'registry.example:5000/apps/web:2.1', 'a a 3 // why'
        $entries = Import-MirrorList list.txt
        $entries.Source | Should -Be 'docker.io/library/nginx', 'registry.example:5000/apps/web', 'a'
        $entries.Destination | Should -Be 'mirror.example/nginx', $null, 'a'
        $entries.Tag | Should -Be '1.27', '2.1', '3'
        $entries.LineNumber | Should -Be 2, 4, 5
        $entries.Path | Select-Object -Unique | Should -Be (Join-Path $PWD list.txt)
        $entries[2].Line | Should -BeExactly 'a a 3 // why'
    }

    It 'takes files by wildcard, from the pipeline, as they are, and from Get-ChildItem' {
        Set-Content list-1.txt 'a b c'
        Set-Content list-2.txt 'd e f'
        Set-Content -LiteralPath 'list[3].txt' 'g h i'
        (Import-MirrorList list-*.txt).Tag | Should -Be 'c', 'f'
        ('list-1.txt', 'list-2.txt' | Import-MirrorList).Tag | Should -Be 'c', 'f'
        (Import-MirrorList -LiteralPath 'list[3].txt').Tag | Should -Be 'i'
        (Get-ChildItem | Import-MirrorList).Tag | Sort-Object | Should -Be 'c', 'f', 'i'
    }

    It 'names file and line of what it cannot read, and goes on' {
        Set-Content list.txt 'a b c', 'two plus two fields', 'Upper CASE x', 'd e f'
        (Import-MirrorList list.txt -ErrorVariable problems -ErrorAction SilentlyContinue).Source | Should -Be 'a', 'd'
        $problems | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Select-Object -Unique | Should -Be "InvalidLine,$commands.ImportMirrorListCommand"
        $problems.CategoryInfo.Category | Select-Object -Unique | Should -Be 'ParserError'
        "$($problems[0])" | Should -BeLike "$(Join-Path $PWD list.txt), line 2: *"
        "$($problems[1])" | Should -BeLike "$(Join-Path $PWD list.txt), line 3: *"
        $problems.TargetObject | Should -Be 'two plus two fields', 'Upper CASE x'
    }

    It 'says which file is not there, and reads the others' {
        Set-Content list.txt 'a b c'
        (Import-MirrorList missing.txt, list.txt -ErrorVariable problems -ErrorAction SilentlyContinue).Source | Should -Be 'a'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "ImageListUnreadable,$commands.ImportMirrorListCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$($problems[0])" | Should -BeLike '*missing.txt*'
        $problems[0].TargetObject | Should -Be 'missing.txt'
    }

    It 'gives nothing for an empty file' {
        $null = New-Item empty.txt
        Import-MirrorList empty.txt -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'reads no further than Select-Object -First wants' {
        1..1000 | ForEach-Object { "image$_ mirror/image$_ v1" } | Set-Content list.txt
        (Import-MirrorList list.txt | Select-Object -First 1).Source | Should -Be 'image1'
        Remove-Item list.txt -ErrorAction Stop
    }
}

Describe 'Lists of other tools' {
    BeforeEach { Enter-EmptyFolder }

    It 'are found out by themselves: <Name>' -ForEach @(
        @{ Name = 'list.csv'; Text = "Tag,Source,Destination`nv1,a.io/x,b.io/x`nv2=v3,a.io/y,b.io/y`n" }
        @{ Name = 'regsync.yaml'; Text = "sync:`n- {source: 'a.io/x:v1', target: 'b.io/x:v1', type: image}`n- {source: 'a.io/y:v2', target: 'b.io/y:v3', type: image}`n" }
        @{ Name = 'images.yml'; Text = "a.io/x:v1: b.io/x`na.io/y:v2: b.io/y:v3`n" }
        @{ Name = 'images.json'; Text = "{`"a.io/x:v1`": `"b.io/x`",`n`"a.io/y:v2`": [`"b.io/y:v3`"]}" }
        @{ Name = 'mapping.txt'; Text = "docker://a.io/x:v1=docker://b.io/x:v1`na.io/y:v2=b.io/y:v3`n" }
        @{ Name = 'list.txt'; Text = "a.io/x b.io/x v1`na.io/y b.io/y v2=v3`n" }
        @{ Name = 'pairs.txt'; Text = "docker://a.io/x:v1 docker://b.io/x`n`"a.io/y:v2`" 'b.io/y:v3'`n" }
        @{ Name = 'equals.txt'; Text = "a.io/x:v1=b.io/x:v1`na.io/y:v2=b.io/y:v3`n" }
        @{ Name = 'columns.csv'; Text = "Image,To`na.io/x:v1,b.io/x`na.io/y:v2,b.io/y:v3`n" }
        @{ Name = 'plain.csv'; Text = "a.io/x;b.io/x;v1`na.io/y;b.io/y;v2=v3`n" }
        @{ Name = 'list.yaml'; Text = "- a.io/x:v1 b.io/x`n- a.io/y:v2=b.io/y:v3`n" }
        @{ Name = 'list.json'; Text = '["a.io/x:v1 b.io/x", "a.io/y:v2=b.io/y:v3"]' }
    ) {
        Set-Content $Name $Text -NoNewline
        Import-MirrorList $Name -ErrorVariable problems | Export-MirrorList out.txt
        $problems | Should -BeNullOrEmpty
        Get-Content out.txt -Raw | Should -BeExactly "a.io/x b.io/x v1`na.io/y b.io/y v2=v3`n"
        Import-MirrorList out.txt | Export-MirrorList again.txt
        Get-Content again.txt -Raw | Should -BeExactly (Get-Content out.txt -Raw)
    }

    It 'of skopeo sync give single references, or with -Destination what skopeo made of them:<Between>' -ForEach @(
        @{ Option = @{}; Between = ':', '@' }
        @{ Option = @{ Destination = 'b.io/m' }; Between = ' b.io/m/etcd ' }
        @{ Option = @{ Destination = 'docker://b.io/m/' }; Between = ' b.io/m/etcd ' }
        @{ Option = @{ Destination = 'b.io/m'; Scoped = $true }; Between = ' b.io/m/quay.io/coreos/etcd ' }
    ) {
        Set-Content sync.yml 'quay.io:', '  images:', '    coreos/etcd:', '      - v3.5', "      - $digest"
        Import-MirrorList sync.yml @Option -ErrorVariable problems | Export-MirrorList out.txt
        $problems | Should -BeNullOrEmpty
        Get-Content out.txt | Should -Be "quay.io/coreos/etcd$(@($Between)[0])v3.5", "quay.io/coreos/etcd$(@($Between)[-1])$digest"
    }

    It '-Destination <_> is no place in a registry' -ForEach 'mirror', 'b.io/UPPER', 'https://b.io/m', 'b.io/m:v1' {
        $problem = { Import-MirrorList list.txt -Destination $_ } | Should -Throw -ErrorId "InvalidDestination,$commands.ImportMirrorListCommand" -PassThru
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
        "$problem" | Should -BeLike "*$_*"
    }

    It 'may be named' {
        Set-Content list.txt 'Source;Tag', 'a.io/x;v1'
        (Import-MirrorList list.txt -Format Csv).Source | Should -Be 'a.io/x'
        (Import-MirrorList -LiteralPath list.txt -Format csv).Source | Should -Be 'a.io/x'
    }

    It 'are tested in the format that is named' {
        Set-Content nightly.conf 'sync:', "- {source: '$registry/library/alpine:3.20', target: '$registry/mirror/alpine:3.20', type: image}"
        (Test-MirrorImage nightly.conf -NoFailedList -WarningAction Ignore -ErrorAction Ignore).Reason | Should -Contain 'InvalidLine'
        (Test-MirrorImage nightly.conf -Format RegSync).Status | Should -Be 'Passed'
    }

    It 'are told by their looks where no line can be read: <Name>' -ForEach @(
        @{ Name = 'list.txt'; Text = 'REPOSITORY  TAG   IMAGE ID      CREATED      SIZE'; Looks = 'looks like the output of docker images' }
        @{ Name = 'list.csv'; Text = "Source,Target Registry,Tag`na.io/x,b.io,v1"; Looks = 'the column "Target Registry" looks like a place' }
    ) {
        Set-Content $Name $Text
        $null = Import-MirrorList $Name -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Ignore
        $null = Test-MirrorImage $Name -NoFailedList -WarningVariable +warnings -WarningAction SilentlyContinue -ErrorAction Ignore
        $warnings | Should -HaveCount 2
        $warnings | ForEach-Object { "$_" | Should -BeLike "$(Join-Path $PWD $Name): *$Looks*" }
    }

    It 'that cannot be told are errors that name the file, and the others are read' {
        Set-Content 1.yaml 'kind: Pod'
        Set-Content 2.json '{', '"password": lovelace'
        Set-Content 3.csv 'Source,Tag', 'a.io/x,v1'
        (Import-MirrorList '[123]*' -ErrorVariable problems -ErrorAction SilentlyContinue).Source | Should -Be 'a.io/x'
        $problems.FullyQualifiedErrorId |
            Should -Be "ImageListFormatUnknown,$commands.ImportMirrorListCommand", "ImageListMalformed,$commands.ImportMirrorListCommand"
        "$($problems[0])" | Should -BeLike "*$(Join-Path $PWD 1.yaml)*-Format*"
        "$($problems[1])" | Should -BeLike "cannot read the image list $(Join-Path $PWD 2.json): line 2: *"
        "$($problems[1].Exception)" | Should -Not -BeLike '*lovelace*'
        $problems.CategoryInfo.Category | Should -Be 'InvalidData', 'InvalidData'
        $problems | ForEach-Object { $_.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty }
    }

    It 'have errors with the line of an entry that cannot be read, and the others go on' {
        Set-Content sync.yaml 'quay.io:', '  images:', '    a: []', '    b: [v1]', '  images-by-semver:', "    c: '>= 1'"
        $entry = Import-MirrorList sync.yaml -ErrorVariable problems -ErrorAction SilentlyContinue
        $list = Join-Path $PWD sync.yaml
        $entry.Source, $entry.LineNumber, $entry.Path | Should -Be 'quay.io/b', 4, $list
        $problems | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Select-Object -Unique | Should -Be "InvalidLine,$commands.ImportMirrorListCommand"
        "$($problems[0])" | Should -BeLike "$list, line 3: *"
        "$($problems[1])" | Should -BeLike "$list, line 6: *"
    }

    It 'are tested, and their failed list is tested again' {
        Set-Content images.yaml "$registry/library/alpine:3.20: $registry/mirror/alpine", "$registry/library/nginx:1.27: $registry/tools/nginx", "$registry/library/c: $registry/mirror/c"
        $results = Test-MirrorImage images.yaml -PreserveOrder -ErrorAction SilentlyContinue
        $results.Status | Should -Be 'Passed', 'Failed', 'Error'
        $results.Id | Should -Be 1, 2, 3
        $results.LineNumber | Should -Be 1, 2, 3
        $results[2].Reason | Should -Be 'InvalidLine'
        Get-Content mirror-validate-failed.txt | Should -Be "$registry/library/nginx $registry/tools/nginx 1.27", "$registry/library/c: $registry/mirror/c"
        Copy-TestImage $registry library/nginx tools/nginx 1.27
        (Test-MirrorImage mirror-validate-failed.txt -PreserveOrder -ErrorAction SilentlyContinue).Status | Should -Be 'Passed', 'Error'
    }

    It 'are tested as entries' {
        Set-Content sync.yml "`"${registry}`":", '  images:', '    library/alpine: ["3.20"]'
        (Import-MirrorList sync.yml -Destination $registry/mirror | Test-MirrorImage).Status | Should -Be 'Passed'
    }

    It 'may pin a source by its digest, which is compared with what the tag at the destination is' {
        $pinned = (Get-ManifestList "$registry/library/alpine:3.20").Digest
        $moved = (Get-ManifestList "$registry/library/postgres:16.3").Digest
        Set-Content mapping.txt "$registry/library/alpine@$pinned=$registry/mirror/alpine:3.20", "$registry/library/postgres@$moved=$registry/mirror/postgres:16.3"
        $results = Test-MirrorImage mapping.txt -PreserveOrder -Verbose 4> verbose.txt
        $results.Status | Should -Be 'Passed', 'Failed'
        $results[0].Tag | Should -Be "$pinned=3.20"
        Get-Content verbose.txt -Raw | Should -BeLike "*PASS ``[$registry/library/alpine:$pinned``] == ``[$registry/mirror/alpine:3.20``]*"
        (Test-MirrorImage mirror-validate-failed.txt).Reason | Should -Be 'SpecMismatch'
    }

    It 'are not all right where one could not be read' {
        Set-Content list.yaml 'kind: Pod'
        Test-MirrorImage list.yaml -Quiet -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeFalse
        $problems.FullyQualifiedErrorId | Should -Be "ImageListFormatUnknown,$commands.TestMirrorImageCommand"
    }
}

Describe 'Files of Get-ChildItem' {
    BeforeEach { Enter-EmptyFolder }

    It 'are list files' {
        Set-Content one.txt "$registry/library/alpine $registry/mirror/alpine 3.20", 'no line at all'
        Set-Content two.csv 'Source,Destination,Tag', "$registry/library/nginx,$registry/mirror/nginx,1.27"
        $results = Get-ChildItem | Sort-Object Name | Test-MirrorImage -NoFailedList -PreserveOrder -ErrorAction SilentlyContinue
        $results.Status | Should -Be 'Passed', 'Error', 'Passed'
        $results.Id | Should -Be 1, 2, 3
        $results[1].Path, $results[1].LineNumber | Should -Be (Join-Path $PWD one.txt), 2
        $given = Test-MirrorImage -InputObject (Get-ChildItem one.txt, two.csv) -NoFailedList -PreserveOrder -ErrorAction SilentlyContinue
        $given.Status | Should -Be $results.Status
    }

    It 'are emptied and not deleted where they are the failed list' {
        Set-Content mirror-validate-failed.txt "$registry/library/alpine $registry/mirror/alpine 3.20"
        (Get-Item mirror-validate-failed.txt | Test-MirrorImage).Status | Should -Be 'Passed'
        Get-Content mirror-validate-failed.txt -Raw | Should -BeNullOrEmpty
        'mirror-validate-failed.txt' | Should -Exist
    }
}

Describe 'What a line says beside its names' {
    BeforeEach { Enter-EmptyFolder }

    It 'is a platform, which stays through results, files and lists' {
        $line = "--platform=linux/arm64 $registry/library/postgres $registry/mirror/postgres 16.3"
        Set-Content list.txt $line
        (Import-MirrorList list.txt).Platform | Should -Be 'linux/arm64'
        $result = Test-MirrorImage list.txt
        $result.Status, $result.Platform | Should -Be 'Failed', 'linux/arm64'
        Get-Content mirror-validate-failed.txt | Should -Be $line
        $result | Export-MirrorList exported.txt
        $result | Export-Csv results.csv
        Import-MirrorList results.csv | Export-MirrorList again.txt
        Import-Csv results.csv | Export-MirrorList objects.txt
        Get-Content exported.txt, again.txt, objects.txt | Should -Be $line, $line, $line
        (Import-Csv results.csv | Test-MirrorImage -NoFailedList).Platform | Should -Be 'linux/arm64'
    }

    It 'is several tags, a result each' {
        $results = "$registry/library/alpine 3.20,3.21" | Test-MirrorImage -NoFailedList -PreserveOrder -ErrorAction SilentlyContinue
        $results.Id | Should -Be 1, 2
        $results.Line | Should -Be "$registry/library/alpine 3.20", "$registry/library/alpine 3.21"
    }
}

Describe '-RegistryMap' {
    BeforeEach { Enter-EmptyFolder }

    It 'says where single references went' {
        Set-Content list.txt "$registry/library/alpine:3.20", "$registry/elsewhere/b:v1", 'a.io/x b.io/x v1'
        Set-Content itms.yaml 'kind: ImageTagMirrorSet', 'spec:', '  imageTagMirrors:', "  - source: $registry/library", "    mirrors: [$registry/mirror, $registry/backup]"
        $entries = Import-MirrorList list.txt -RegistryMap it*.yaml -ErrorVariable problems -ErrorAction SilentlyContinue
        $entries.Destination | Should -Be "$registry/mirror/alpine", "$registry/backup/alpine", 'b.io/x'
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike "*itms.yaml says of no mirror for $registry/elsewhere/b"
        $results = Import-MirrorList list.txt | Select-Object -First 1 | Test-MirrorImage -RegistryMap itms.yaml -PreserveOrder -ErrorAction SilentlyContinue
        $results.Id | Should -Be 1, 2
        $results.Status | Should -Be 'Passed', 'Failed'
        Get-Content mirror-validate-failed.txt | Should -Be "$registry/library/alpine $registry/backup/alpine 3.20"
    }

    It 'that cannot be read ends the command: <Map>' -ForEach @(
        @{ Map = 'missing.yaml'; Category = 'ObjectNotFound' }
        @{ Map = 'list.txt'; Category = 'InvalidData' }
    ) {
        Set-Content list.txt 'a.io/x:v1'
        foreach ($command in { Import-MirrorList list.txt -RegistryMap $Map }, { Test-MirrorImage list.txt -NoFailedList -RegistryMap $Map }) {
            $problem = $command | Should -Throw -ErrorId 'RegistryMapUnreadable,*' -PassThru
            $problem.CategoryInfo.Category | Should -Be $Category
            "$problem" | Should -BeLike "-RegistryMap: $Map cannot be read: *"
        }
    }
}

Describe 'Export-MirrorList' {
    BeforeEach { Enter-EmptyFolder }

    It 'writes entries so that they say the same when they are read again' {
        Set-Content list.txt '# comment', "nginx  mirror/nginx`t1.27 # comment", 'registry.example/apps/web:2.1', '', "a b $digest"
        Import-MirrorList list.txt | Export-MirrorList out.txt
        Get-Content out.txt -Raw | Should -BeExactly "nginx mirror/nginx 1.27`nregistry.example/apps/web:2.1`na b $digest`n"
        Import-MirrorList out.txt | Export-MirrorList again.txt
        Get-Content again.txt -Raw | Should -BeExactly (Get-Content out.txt -Raw)
    }

    It 'makes of results a list that needs no parameters' {
        'library/alpine lists/alpine 3.20', 'library/nginx mirror/nginx 1.27', 'an unreadable list line', "library/c:v1@$digest" |
            Test-MirrorImage -s $registry -d $registry -PreserveOrder -NoFailedList -ErrorAction SilentlyContinue |
            Where-Object Status -NE Passed | Export-MirrorList out.txt
        Get-Content out.txt |
            Should -Be "$registry/library/alpine $registry/lists/alpine 3.20", 'an unreadable list line', "$registry/library/c $registry/library/c v1@$digest"
        Copy-TestImage $registry library/alpine lists/alpine 3.20
        (Test-MirrorImage out.txt -PreserveOrder -NoFailedList -ErrorAction SilentlyContinue).Status | Should -Be 'Passed', 'Error', 'Error'
    }

    It 'takes restored results, objects, hashtables, lines, texts of lines and arrays' {
        $serializer = [System.Management.Automation.PSSerializer]
        $result = 'two plus two fields' | Test-MirrorImage -NoFailedList -ErrorAction SilentlyContinue
        $entry = [pscustomobject]@{ Source = 'nginx'; Tag = '1.27' }
        $serializer::Deserialize($serializer::Serialize($result)), $entry, @{ Source = 'a'; Destination = 'b'; Tag = 'c' },
            '# a comment is kept', "first`r`nsecond`n", ('third', $entry), $null | Export-MirrorList out.txt -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        Get-Content out.txt | Should -Be 'two plus two fields', 'nginx:1.27', 'a b c', '# a comment is kept', 'first', 'second', 'third', 'nginx:1.27'
    }

    It 'has an error for what is no entry, and writes the others' {
        @{ Image = 'x' }, 'a b c' | Export-MirrorList out.txt -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be "InvalidLine,$commands.ExportMirrorListCommand"
        Get-Content out.txt | Should -Be 'a b c'
    }

    It 'writes UTF-8 without byte order mark, with LF' {
        $text = "gr$([char]0xF6)$([char]0xDF)e"
        "# $text", 'a b c' | Export-MirrorList out.txt
        Get-Content out.txt -AsByteStream | Should -Be ([System.Text.Encoding]::UTF8.GetBytes("# $text`na b c`n"))
    }

    It 'may make a list of itself' {
        $lines = 1..5000 | ForEach-Object { "image$_ mirror/image$_ v1" }
        Set-Content out.txt $lines
        Import-MirrorList out.txt | Export-MirrorList out.txt
        (Get-Content out.txt) -join ';' | Should -BeExactly ($lines -join ';')
        Import-MirrorList out.txt | Export-MirrorList out.txt -Append
        (Get-Content out.txt) -join ';' | Should -BeExactly ((@($lines) + $lines) -join ';')
        (Get-ChildItem).Name | Should -Be 'out.txt'
    }

    It 'appends with -Append' {
        Set-Content out.txt 'a b c' -NoNewline
        'd e f' | Export-MirrorList out.txt -Append
        'g h i' | Export-MirrorList out.txt -Append -NoClobber
        'j k l' | Export-MirrorList new.txt -Append
        Get-Content out.txt -Raw | Should -BeExactly "a b c`nd e f`ng h i`n"
        Get-Content new.txt -Raw | Should -BeExactly "j k l`n"
    }

    It 'spares a file that exists with -NoClobber' {
        Set-Content out.txt 'old'
        $problem = { 'a b c' | Export-MirrorList out.txt -NoClobber } | Should -Throw -ErrorId "ImageListExists,$commands.ExportMirrorListCommand" -PassThru
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content out.txt | Should -Be 'old'
        'a b c' | Export-MirrorList new.txt -NoClobber
        Get-Content new.txt | Should -Be 'a b c'
    }

    It 'writes nothing with -WhatIf: -Append <_>' -ForEach $false, $true {
        Set-Content out.txt 'old'
        'a b c' | Export-MirrorList out.txt -WhatIf -Append:$_
        'a b c' | Export-MirrorList new.txt -WhatIf -Append:$_
        Get-Content out.txt | Should -Be 'old'
        (Get-ChildItem).Name | Should -Be 'out.txt'
    }

    It 'leaves what was there when the pipeline is cut short: -Append <_>' -ForEach $false, $true {
        Set-Content out.txt 'old'
        $append = $_
        { & { 'a b c'; throw 'cut short' } | Export-MirrorList out.txt -Append:$append } | Should -Throw 'cut short'
        Get-Content out.txt | Should -Be 'old'
        (Get-ChildItem).Name | Should -Be 'out.txt'
    }

    It 'has an error for <Path>, where nothing can be written' -ForEach @(
        @{ Path = 'missing-folder/out.txt'; Category = 'ObjectNotFound' }
        @{ Path = '.'; Category = 'WriteError' }
        @{ Path = 'Env:out'; Category = 'InvalidArgument' }
        @{ Path = 'NoSuchDrive:/out.txt'; Category = 'ObjectNotFound' }
    ) {
        $problem = { 'a b c' | Export-MirrorList $Path } | Should -Throw -ErrorId "ImageListUnwritable,$commands.ExportMirrorListCommand" -PassThru
        $problem.CategoryInfo.Category | Should -Be $Category
    }

    It 'may write where the failed list of the same run goes' {
        'library/postgres mirror/postgres 16.3' | Test-MirrorImage -s $registry -d $registry | Export-MirrorList mirror-validate-failed.txt
        Get-Content mirror-validate-failed.txt | Should -Be (Get-DemoLine postgres $registry)
    }
}

Describe 'Get-ManifestList' {
    It 'shows a list with its platforms' {
        $list = Get-ManifestList "$registry/library/alpine:3.20"
        $raw = Get-ManifestList "$registry/library/alpine:3.20" -Raw
        $entries = ($raw | ConvertFrom-Json).manifests
        $list.Image | Should -Be "$registry/library/alpine:3.20"
        $list.MediaType | Should -Be 'application/vnd.docker.distribution.manifest.list.v2+json'
        $list.Digest | Should -BeOfType string
        $list.Digest | Should -Be "sha256:$([System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([byte[]][char[]] $raw)))"
        $list.Size | Should -Be $raw.Length
        $list.Platforms | Should -Be 'linux/amd64', 'linux/arm64/v8', 'linux/arm/v7', 'linux/s390x'
        $list.Manifests.Digest | Should -Be $entries.digest
        $list.Manifests.Size | Should -Be $entries.size
    }

    It 'shows everything in an index, or the architectures that are named' {
        (Get-ManifestList "$registry/library/nginx:1.27").Manifests | Should -HaveCount 8
        (Get-ManifestList "$registry/library/nginx:1.27").Platforms | Should -Contain 'unknown/unknown'
        (Get-ManifestList "$registry/library/nginx:1.27" -Architecture amd64, arm64).Platforms | Should -Be 'linux/amd64', 'linux/arm64/v8'
        (Get-ManifestList "$registry/library/nginx:1.27" -Architecture riscv64).Platforms | Should -BeNullOrEmpty
    }

    It 'shows one image as what it is, with the platform of its config' {
        $s390x = (Get-ManifestList "$registry/library/alpine:3.20").Manifests[3].Digest
        $image = Get-ManifestList "$registry/library/alpine@$s390x"
        $image.MediaType | Should -Be 'application/vnd.docker.distribution.manifest.v2+json'
        $image.Platforms | Should -Be 'linux/s390x'
        $image.Manifests.Digest | Should -Be $s390x
    }

    It 'takes references by argument, from the pipeline and by property, and streams' {
        $alpine = "$registry/library/alpine:3.20"
        $digest = (Get-ManifestList $alpine).Digest
        Get-ManifestList $alpine, "$registry/library/alpine@$digest" | Should -HaveCount 2
        ($alpine, [pscustomobject]@{ Image = $alpine }, "$alpine@$digest" | Get-ManifestList).Digest | Should -Be $digest, $digest, $digest
        $order = [System.Collections.Generic.List[string]]::new()
        & { $order.Add('in 1'); $alpine; $order.Add('in 2'); $alpine } | Get-ManifestList | ForEach-Object { $order.Add('out') }
        $order | Should -Be 'in 1', 'out', 'in 2', 'out'
    }

    It 'has an error for what cannot be shown, and goes on' {
        $given = 'Not A Reference', "$registry/library/nope:1", "$registry/library/alpine:3.20"
        ($given | Get-ManifestList -ErrorVariable problems -ErrorAction SilentlyContinue).Image | Should -Be $given[2]
        $problems.FullyQualifiedErrorId | Should -Be "InvalidReference,$commands.GetManifestListCommand", "ManifestNotFound,$commands.GetManifestListCommand"
        $problems.CategoryInfo.Category | Should -Be 'InvalidArgument', 'ObjectNotFound'
        $problems.TargetObject | Should -Be $given[0, 1]
        $problems | ForEach-Object { $_.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty }
    }

    It 'logs each request on the Debug stream' {
        $lines = Get-ManifestList "$registry/library/alpine:3.20" -Debug 5>&1
        "$lines" | Should -Match '\[DEBU\] .*/v2/library/alpine/manifests/3\.20'
    }
}
