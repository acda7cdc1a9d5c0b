BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $results = Get-DemoLine alpine, postgres, haproxy $registry | Test-MirrorImage -NoFailedList
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Exit-TestBed
}

Describe 'The table' {
    It 'has six columns in at most 120, at a width of <_>' -ForEach 120, 200 {
        $lines = ($results | Out-String -Width $_) -split '\r?\n' | Where-Object { $_ }
        -split $lines[0] | Should -Be 'Id', 'Status', 'Source', 'Destination', 'Tag', 'Reason'
        $lines | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 }
        $lines[3] | Should -Match 'Failed +\S+postgres .* 16\.3 +SpecMismatch'
    }

    It 'has a narrow form for 80 columns' {
        $lines = ($results | Format-Table -View Narrow | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ }
        -split $lines[0] | Should -Be 'Id', 'Status', 'Image', 'Reason'
        $lines | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'shows names without registry in the middle when they are long' {
        $long = 'registry.example.com/' + ('deep/' * 12) + 'image'
        $result = "$long 127.0.0.1:1/x v1" | Test-MirrorImage -NoFailedList -TimeoutSec 1 -MaximumRetryCount 0 -SourceRegistry 127.0.0.1:1 -ErrorAction SilentlyContinue
        $result | Out-String -Width 120 | Should -Match "127\.0\.0\.1:1/\S*$([char]0x2026)\S*/image "
        $result.Source | Should -BeLike '*/deep/deep/deep/*'
    }

    It 'looks the same after Export-Clixml' {
        $results | Export-Clixml results.xml
        (Import-Clixml results.xml | Out-String -Width 120) | Should -Be ($results | Out-String -Width 120)
    }
}

Describe 'The list' {
    It 'compares the two sides platform by platform' {
        $text = $results[2] | Format-List | Out-String -Width 120
        $text | Should -Match 'Platforms +: Platform +Source +Destination'
        $text | Should -Match 'linux/amd64 +([0-9a-f]{12}) = +\1'
        $text | Should -Match 'linux/arm64/v8 [0-9a-f]{12} != - +missing at the destination'
    }

    It 'has everything with the property *' {
        $text = $results[1] | Format-List -Property * | Out-String -Width 300
        foreach ($name in 'SourceSpec', 'DestinationSpec', 'Differences', 'RequestCount') { $text | Should -Match "(?m)^$name +:" }
        $text | Should -Match 'sha256:[0-9a-f]{64}'
    }
}

Describe 'Colours' {
    AfterEach {
        $PSStyle.OutputRendering = 'PlainText'
        $env:NO_COLOR = $null
    }

    It 'are there with OutputRendering Ansi: green and red' {
        $PSStyle.OutputRendering = 'Ansi'
        $text = $results | Out-String -Width 120
        $text | Should -Match "$([char]27)\[32mPassed"
        $text | Should -Match "$([char]27)\[91mFailed"
    }

    It 'are not there with OutputRendering PlainText' {
        $results | Out-String -Width 120 | Should -Not -Match ([char]27)
        $results | Format-List | Out-String -Width 120 | Should -Not -Match ([char]27)
    }

    It 'are not there with NO_COLOR' {
        $PSStyle.OutputRendering = 'Host'
        $env:NO_COLOR = '1'
        $results | Format-List | Out-String -Width 120 | Should -Not -Match "$([char]27)\[(32|33|91)m"
    }
}

Describe 'Other views' {
    It 'shows a manifest list under what names it' {
        $text = Get-ManifestList "$registry/library/pause:3.9" | Out-String -Width 120
        $text | Should -Match "Image: +$registry/library/pause:3\.9"
        $text | Should -Match 'MediaType: application/vnd\.docker\.distribution\.manifest\.list\.v2\+json'
        $text | Should -Match 'windows/amd64:10\.0\.17763\.5576 [0-9a-f]{12} '
    }

    It 'shows a manifest list as a list with that table in it' {
        $text = Get-ManifestList "$registry/library/pause:3.9" | Format-List | Out-String -Width 120
        $text | Should -Match 'Manifests : Platform +Digest +Size MediaType'
        $text | Should -Match ' windows/amd64:10\.0\.17763\.5576 [0-9a-f]{12} '
    }

    It 'says of an entry of a manifest list its platform and digest' {
        "$((Get-ManifestList "$registry/library/tools:1.4").Manifests[0])" | Should -Match '^linux/amd64 sha256:[0-9a-f]{64}$'
    }

    It 'shows entries and specs as tables' {
        Get-DemoLine alpine $registry | Set-Content list.txt
        Import-MirrorList list.txt | Out-String -Width 120 | Should -Match 'Source +Destination +Tag +Line'
        $results[0].SourceSpec | Out-String -Width 120 | Should -Match 'Platform +Digest'
    }
}
