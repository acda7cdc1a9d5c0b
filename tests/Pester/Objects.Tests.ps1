BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true
    $results = Get-DemoLine alpine, postgres, haproxy $registry | Test-MirrorImage
    $manifest = (Get-Module MirrorValidate).Path.Replace('.psm1', '.psd1')

    # What remoting, jobs and Export-Clixml at a depth of 1 make of objects.
    function Restore([int] $Times, $Item) {
        $serializer = [System.Management.Automation.PSSerializer]
        foreach ($time in 1..$Times) { $Item = $Item | ForEach-Object { $serializer::Deserialize($serializer::Serialize($_, 1)) } }
        $Item
    }
}

AfterAll {
    $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList')
    Exit-TestBed
}

Describe 'Results go' {
    It 'through ConvertTo-Json at its usual depth, with digest and platform' {
        $back = $results[1] | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        $back.Status | Should -BeExactly 'Failed'
        $back.SourceSpec[0].digest | Should -Be $results[1].SourceSpec[0].Digest
        $back.SourceSpec[1].platform | Should -Be 'linux/arm64/v8'
    }

    It 'through ConvertTo-Json with all of their parts' {
        $back = $results[1] | ConvertTo-Json -Depth 5 -WarningVariable warnings | ConvertFrom-Json
        $back.SourceSpec[1].Platform.Architecture | Should -Be 'arm64'
        $back.Platforms[1].SourceDigest | Should -Be $results[1].SourceSpec[1].Digest
        $warnings | Should -BeNullOrEmpty
    }

    It 'through Export-Csv and back into Test-MirrorImage' {
        $results | Export-Csv results.csv
        $back = Import-Csv results.csv
        ($back | Where-Object Status -EQ Failed).Tag | Should -Be '16.3', '3.0'
        ($back | Test-MirrorImage).Reason | Should -Be $results.Reason
        $results | Export-Csv typed.csv -IncludeTypeInformation
        (Test-MirrorImage typed.csv -PreserveOrder).Reason | Should -Be $results.Reason
    }

    It 'through Export-Clixml, with specs, and back into Test-MirrorImage' {
        $results | Export-Clixml results.xml
        $back = Import-Clixml results.xml
        ($back | Where-Object Status -EQ Passed).Source | Should -Be "$registry/library/alpine"
        $back[1].SourceSpec[0].Digest | Should -Be $results[1].SourceSpec[0].Digest
        "$($back[1].SourceSpec[0].Platform)" | Should -Be 'linux/amd64'
        ($back | Test-MirrorImage).Reason | Should -Be $results.Reason
    }

    It 'through what remoting and jobs do to them, <_> times over' -ForEach 1, 2 {
        $proven = Get-DemoLine alpine $registry | Test-MirrorImage -Depth Content
        $passed, $failed, $list = Restore $_ $proven, $results[1], (Get-ManifestList "$registry/library/alpine:3.20")
        $passed.PSTypeNames[0] | Should -BeExactly 'Deserialized.MirrorValidate.Validation.MirrorImageResult'
        $passed.Status | Should -Be 'Passed'
        $passed.SourceSpec | Should -HaveCount 2
        $passed.SourceSpec[1].Digest | Should -Match '^sha256:[0-9a-f]{64}$'
        $platform = $passed.SourceSpec[1].Platform
        $platform.OS, $platform.Architecture, $platform.Variant, "$platform" | Should -Be 'linux', 'arm64', 'v8', 'linux/arm64/v8'
        $passed.Proof.Level, $passed.Proof.Manifests, $passed.Proof.Blobs | Should -Be 'Content', 2, 4
        $passed.Proof.Bytes | Should -BeGreaterThan 0
        "$($passed.Proof)" | Should -BeLike 'Content: 2 manifests, 4 blobs, *'
        $failed.DestinationSpec[0].Digest | Should -Be $results[1].DestinationSpec[0].Digest
        $failed.Differences | Should -HaveCount 2
        $difference = $failed.Differences[1]
        $difference.Kind, $difference.Platform | Should -Be 'DigestDiffers', 'linux/arm64/v8'
        $difference.Destination | Should -Be $results[1].DestinationSpec[1].Digest
        $list.Manifests | Should -HaveCount 4
        $list.Manifests[0].Digest | Should -Match '^sha256:[0-9a-f]{64}$'
        $list.Manifests[0].Platform.Architecture | Should -Be 'amd64'
    }

    It 'through Group-Object, Sort-Object and Measure-Object' {
        $results | Group-Object Status | Sort-Object Name | ForEach-Object { $_.Group.Count } | Should -Be 2, 1
        ($results | Measure-Object RequestCount -Sum).Sum | Should -BeGreaterThan 5
    }
}

Describe 'Runs go' {
    It 'in ForEach-Object -Parallel' {
        $reasons = Get-DemoLine alpine, postgres, etcd $registry | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:manifest
            ($_ | Test-MirrorImage -NoFailedList).Reason
        }
        $reasons | Sort-Object | Should -Be 'DestinationManifestMissing', 'None', 'SpecMismatch'
    }

    It 'in a job' {
        $lines = Get-DemoLine alpine, postgres $registry
        $job = Start-Job {
            Import-Module $using:manifest
            $using:lines | Test-MirrorImage -NoFailedList
        }
        try {
            ($job | Receive-Job -Wait).Status | Should -Be 'Passed', 'Failed'
        }
        finally {
            $job | Remove-Job -Force
        }
    }

    It 'with $PSDefaultParameterValues' {
        $PSDefaultParameterValues['Test-MirrorImage:SourceRegistry'] = $registry
        $PSDefaultParameterValues['Test-MirrorImage:DestinationRegistry'] = $registry
        try {
            (Get-DemoLine alpine | Test-MirrorImage).Status | Should -Be 'Passed'
        }
        finally {
            $PSDefaultParameterValues.Remove('Test-MirrorImage:SourceRegistry')
            $PSDefaultParameterValues.Remove('Test-MirrorImage:DestinationRegistry')
        }
    }

    It 'no further than Select-Object -First wants' {
        $given = 0
        $line = Get-DemoLine alpine $registry
        $first = 1..500 | ForEach-Object { $given++; $line } | Test-MirrorImage -ThrottleLimit 4 | Select-Object -First 1
        $first.Status | Should -Be 'Passed'
        $given | Should -BeLessThan 50
    }

    It 'while their input is still to come' {
        $order = [System.Collections.Generic.List[string]]::new()
        & { $order.Add('in 1'); Get-DemoLine alpine $registry; $order.Add('in 2'); Get-DemoLine nginx $registry } |
            Test-MirrorImage | ForEach-Object { $order.Add("out $($_.Id)") }
        $order | Should -Be 'in 1', 'out 1', 'in 2', 'out 2'
    }
}

Describe '-Quiet' {
    It 'is <Expected> for <Name>, with <Errors> errors' -ForEach @(
        @{ Name = 'alpine', 'nginx'; Expected = $true; Errors = 0 }
        @{ Name = 'alpine', 'postgres'; Expected = $false; Errors = 0; FailedList = $true }
        @{ Name = 'unknown', 'alpine'; Expected = $false; Errors = 1; FailedList = $true }
        @{ Name = @(); Expected = $false; Errors = 0 }
    ) {
        $lines = foreach ($one in $Name) { $one -eq 'unknown' ? "$registry/library/nope $registry/mirror/nope v1" : (Get-DemoLine $one $registry) }
        Set-Content list.txt $lines
        $options = @{ NoFailedList = $false; FailedListPath = 'quiet.txt'; ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        Remove-Item quiet.txt -ErrorAction Ignore
        $answer = Test-MirrorImage -Quiet -Path list.txt @options
        $answer | Should -BeOfType bool
        $answer | Should -Be $Expected
        $problems | Should -HaveCount $Errors
        Test-Path quiet.txt | Should -Be ([bool] $_['FailedList'])
    }

    It 'is false for nothing, and where a list could not be read' {
        @() | Test-MirrorImage -Quiet | Should -BeFalse
        Set-Content list.txt (Get-DemoLine alpine $registry)
        Test-MirrorImage -Path list.txt, nowhere.txt -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
    }
}
