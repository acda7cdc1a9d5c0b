BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
    $PSDefaultParameterValues['Test-MirrorImage:ErrorAction'] = 'SilentlyContinue'
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'

    $results = Get-DemoLine -Registry $registry | Test-MirrorImage -PreserveOrder
    $byName = @{}
    foreach ($result in $results) { $byName[$result.Source.Split('/')[-1]] = $result }

    filter Should-Fit([int] $Width = 120) {
        $_ -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual $Width }
    }

    function Show([int] $Width = 120) { ($input | Out-String -Width $Width).Replace("`r`n", "`n") }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    $PSDefaultParameterValues.Remove('Test-MirrorImage:ErrorAction')
    Exit-TestBed
}

Describe 'The table' {
    It 'has status, image, tag and reason at a width of <_>, and the destination where there is room' -ForEach 80, 100, 120, 200 {
        $text = $results | Show $_
        $text | Should-Fit $_
        $lines = $text -split "`n" | Where-Object { $_ }
        $more = if ($_ -gt 80) { 'Destination' }
        -split $lines[0] | Should -Be (@('Id', 'Status', 'Image', 'Tag', 'Reason') + $more)
        $lines -match ' (Passed|Failed) ' | Should -HaveCount 14
        $text | Should -Match 'Failed +library/etcd +3\.5 +DestinationManifestMissing( 127\.0\.0\.1\S+)?( |\n)'
        $text | Should -Not -Match 'None'
    }

    It 'names where the image went and came from, and no repository twice' {
        $results | Show 200 | Should -Match "$registry/mirror/etcd from $registry\n"
        $same = "$registry/library/etcd 127.0.0.1:1/library/etcd 3.5" | Test-MirrorImage -MaximumRetryCount 0
        $same | Show 120 | Should -Match " library/etcd .* 127\.0\.0\.1:1 from $registry\n"
    }

    It 'has in the last column what the others had to cut' {
        $name = 'library/a-rather-long-name/of-a-team/web-front-end'
        $tag = 'v1.30.4-rancher1-build20240828'
        $from = "$registry/$name"
        $text = "$from 127.0.0.1:1/$name $tag", "$from 127.0.0.1:1/team/web $tag" | Test-MirrorImage -MaximumRetryCount 0 -PreserveOrder | Show 240
        $text | Should -Match "127\.0\.0\.1:1/$name from $registry, tag $tag\n"
        $text | Should -Match "127\.0\.0\.1:1/team/web from $from, tag $tag\n"
    }

    It 'cuts long names in the middle, and digests after twelve digits' {
        $name = "library/$('a-rather-long-name/' * 5)web-front-end"
        $digest = "sha256:$('0' * 52)123456789abc"
        $result = "127.0.0.1:1/$name 127.0.0.1:1/$name v1@$digest" | Test-MirrorImage -MaximumRetryCount 0
        $text = $result | Show 80
        $text | Should -Match "Error +lib\S*$([char]0x2026)\S*/?web-front-end "
        $text | Should -Not -Match '123456789abc'
        $result.Source | Should -Be "127.0.0.1:1/$name"
    }

    It 'shows a line that cannot be read without what would steer the terminal' {
        $PSStyle.OutputRendering = 'Ansi'
        $text = "one two $([char]27)[2Jthree four" | Test-MirrorImage | Show
        $PSStyle.OutputRendering = 'PlainText'
        $text | Should -BeLike '*one two  `[2Jthree four*'
        $text | Should -Not -Match '\e\[2J'
    }
}

Describe 'The list' {
    It 'compares platform by platform: <Name>' -ForEach @(
        @{ Name = 'postgres'; Rows = 'linux/amd64 +[0-9a-f]{12} != [0-9a-f]{12} digest differs\n' }
        @{ Name = 'haproxy'; Rows = 'Platforms +: Platform +Source +Destination *\n.*\n +linux/amd64 +([0-9a-f]{12}) =  \1\n +linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination\n' }
        @{ Name = 'memcached'; Rows = 'linux/amd64 +([0-9a-f]{12}) =  \1 the destination states no platform\n +linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination\n' }
        @{ Name = 'registry'; Rows = 'linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination\n' }
        @{ Name = 'tools'; Rows = 'linux/amd64 +([0-9a-f]{12}) =  \1\n +linux/arm64/v8 - +!= [0-9a-f]{12} missing at the source\n' }
        @{ Name = 'agent'; Rows = 'linux/amd64 ([0-9a-f]{12}) = \1 +the destination says linux/arm64/v8\n' }
        @{ Name = 'etcd'; Rows = 'linux/arm64/v8 ([0-9a-f]{12}) = \1 listed, but not in the destination registry\n' }
        @{ Name = 'legacy'; Rows = 'linux/amd64 [0-9a-f]{12}  [0-9a-f]{12} schema 1: digests are not compared\n' }
    ) {
        $byName[$Name] | Format-List | Show | Should -Match $Rows
    }

    It 'tells of each difference why, and what to do' {
        $text = $byName['haproxy'] | Format-List | Show
        $text | Should -Match 'Differences +: MissingPlatform linux/arm64/v8: sha256:[0-9a-f]{12} -> -\n +This platform was not mirrored'
        $text | Should -Match '\n +FilteredIndex: linux/amd64, .* -> linux/amd64'
        $stale = Get-DemoLine postgres $registry | Test-MirrorImage -Explain | Format-List | Show
        $stale | Should -Match 'linux/amd64 +[0-9a-f]{12} != [0-9a-f]{12} digest differs; another build\n'
        $stale | Should -Match 'Differences +: Rebuilt linux/amd64: sha256:[0-9a-f]{12} -> sha256:[0-9a-f]{12}\n +Rebuilt linux/arm64/v8: '
    }

    It 'has every property, in 120 columns' {
        $text = $byName['haproxy'] | Format-List | Show
        $text | Should-Fit
        [regex]::Matches($text, '(?m)^(\w+) *:').ForEach{ $_.Groups[1].Value } | Should -Be @(
            'Id', 'Status', 'Reason', 'Message', 'Source', 'Destination', 'Tag', 'SourceDigest', 'DestinationDigest', 'SourceMediaType'
            'DestinationMediaType', 'Platforms', 'Differences', 'Proof', 'Line', 'LineNumber', 'Path', 'Duration', 'RequestCount'
        )
    }

    It 'has everything with the property *' {
        $text = $byName['postgres'] | Format-List -Property * | Show 300
        foreach ($name in 'SourceSpec', 'DestinationSpec', 'Differences', 'RequestCount') { $text | Should -Match "(?m)^$name +:" }
        $text | Should -Match 'sha256:[0-9a-f]{64}'
    }
}

Describe 'Both' {
    It 'show the platforms of what came back as JSON or CLIXML as before: <_>' -ForEach 'legacy', 'haproxy', 'memcached', 'agent', 'etcd' {
        $result = $byName[$_]
        $view = [MirrorValidate.PowerShell.Formatting.ResultView]
        $table = $view::Platforms($result)
        $table | Should -Match 'Destination'
        $view::Platforms(($result | ConvertTo-Json -Depth 5 | ConvertFrom-Json)) | Should -Be $table
        $serializer = [System.Management.Automation.PSSerializer]
        $view::Platforms($serializer::Deserialize($serializer::Serialize($result, 1))) | Should -Be $table
    }

    It 'look the same after Export-Clixml and after remoting' {
        $results | Export-Clixml results.xml
        $serializer = [System.Management.Automation.PSSerializer]
        foreach ($back in (Import-Clixml results.xml), $serializer::Deserialize($serializer::Serialize($results, 1))) {
            $back | Show | Should -Be ($results | Show)
            $back[7] | Format-List | Show | Should -Match 'linux/amd64 +[0-9a-f]{12} != [0-9a-f]{12} digest differs'
        }
    }

    It 'need no $PSStyle, and bear strict mode with errors that stop' {
        $text = & {
            $PSStyle = $null
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            $result = Get-DemoLine alpine, postgres $registry | Test-MirrorImage | Where-Object Status -EQ Failed
            $result | Show
            $result | Format-List | Show
            Get-ManifestList "$registry/library/nginx:1.27" | Show
        }
        "$text" | Should -Match 'Failed .* SpecMismatch '
        "$text" | Should -Match 'linux/amd64 .* digest differs\n'
        "$text" | Should -Match 'unknown/unknown'
    }
}

Describe 'Colours' {
    BeforeEach { $PSStyle.OutputRendering = 'Ansi' }

    AfterEach {
        $PSStyle.OutputRendering = 'PlainText'
        $env:NO_COLOR = $null
    }

    It 'are green, red and yellow' {
        $text = $byName['alpine'], $byName['postgres'], ('a b c d' | Test-MirrorImage) | Show
        foreach ($status in '32mPassed', '91mFailed', '33mError') { $text | Should -Match "\e\[$status\e\[0m" }
    }

    It 'mark what differs, and nothing else' {
        $text = $byName['haproxy'] | Format-List | Show
        $text | Should -Match '\e\[91mlinux/arm64/v8\e'
        $text | Should -Not -Match '\e\[91mlinux/amd64'
    }

    It 'are not there with OutputRendering <_>, which is no terminal' -ForEach 'PlainText', 'Host' {
        $PSStyle.OutputRendering = $_
        $results | Show | Should -Not -Match '\e'
        $results | Format-List | Show | Should -Not -Match '\e'
    }

    It 'are not there with NO_COLOR' {
        $env:NO_COLOR = '1'
        $byName['alpine'], $byName['postgres'] | Format-List | Show | Should -Not -Match '\e\[(31|32|33|91)m'
    }
}

Describe 'A manifest list' {
    It 'is a table of platforms under what names it' {
        $text = Get-ManifestList "$registry/library/pause:3.9" | Show
        $text | Should-Fit
        $text | Should -Match "Image: +$registry/library/pause:3\.9\n"
        $text | Should -Match 'MediaType: application/vnd\.docker\.distribution\.manifest\.list\.v2\+json\n'
        $text | Should -Match 'Digest: +sha256:[0-9a-f]{12}\n'
        $text | Should -Match 'Platform +Digest +Size MediaType *\n'
        $text | Should -Match 'windows/amd64:10\.0\.17763\.5576 [0-9a-f]{12} +\d+ application/vnd\.docker\.distribution\.manifest\.v2\+json\n'
    }

    It 'is a list with that table in it' {
        $text = Get-ManifestList "$registry/library/pause:3.9" | Format-List | Show
        $text | Should-Fit
        $text | Should -Match '\nManifests : Platform +Digest +Size MediaType\n'
        $text | Should -Match '\n +windows/amd64:10\.0\.17763\.5576 [0-9a-f]{12} +\d+ application/'
    }

    It 'says of an entry its platform and digest' {
        "$((Get-ManifestList "$registry/library/tools:1.4").Manifests[0])" | Should -Match '^linux/amd64 sha256:[0-9a-f]{64}$'
    }
}

Describe 'Parts' {
    It 'are tables in 80 columns: <Header>' -ForEach @(
        @{ Header = 'Platform Digest Size MediaType'; Part = { (Get-ManifestList "$registry/library/pause:3.9").Manifests } }
        @{ Header = 'Platform Digest'; Part = { $byName['alpine'].SourceSpec } }
        @{ Header = 'Kind Platform Source Destination'; Part = { $byName['haproxy'].Differences } }
        @{ Header = 'SourcePlatform SourceDigest DestinationPlatform DestinationDigest'; Part = { $byName['haproxy'].Platforms } }
        @{ Header = 'Line Source Tag Destination'; Part = { Get-DemoLine alpine $registry | Set-Content list.txt; Import-MirrorList list.txt } }
    ) {
        foreach ($width in 80, 120) {
            $text = & $Part | Show $width
            $text | Should-Fit $width
            -split ($text -split "`n" | Where-Object { $_ })[0] | Should -Be ($Header -split ' ')
        }
    }

    It 'have whole digests in 80 columns' {
        $byName['haproxy'].Differences | Show 80 | Should -Match 'linux/arm64/v8 +sha256:[0-9a-f]{12} '
        $byName['haproxy'].Platforms | Show 80 | Should -Match 'linux/amd64 +([0-9a-f]{12}) linux/amd64 +\1 *\n'
    }

    It 'have the destination of an entry in full where there is room' {
        $name = "127.0.0.1:1/$('a-rather-long-name/' * 3)web-front-end"
        "$name $name v1" | Set-Content list.txt
        $text = Import-MirrorList list.txt | Show 150
        $text | Should -Match " 1 127\S+$([char]0x2026)\S*web-front-end v1 +$name\n"
    }
}
