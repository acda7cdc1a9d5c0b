BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
    $results = Get-DemoLine -Registry $registry | Test-MirrorImage -ThrottleLimit 4 -PreserveOrder -NoFailedList
    $byName = @{}
    foreach ($result in $results) { $byName[$result.Source.Split('/')[-1]] = $result }
}

AfterAll { Exit-TestBed }

Describe 'The verdict on a mirror' {
    It 'passes <Name>: <Case>' -ForEach @(
        @{ Name = 'alpine'; Case = 'the same list' }
        @{ Name = 'nginx'; Case = 'an OCI index with attestations' }
        @{ Name = 'busybox'; Case = 'the same entries in another order' }
        @{ Name = 'redis'; Case = 'only the architectures that were selected' }
        @{ Name = 'hello-world'; Case = 'a single image in a list of one' }
        @{ Name = 'legacy'; Case = 'schema 1, converted' }
        @{ Name = 'pause'; Case = 'Windows and Linux' }
    ) {
        $byName[$Name].Status | Should -BeExactly 'Passed'
        $byName[$Name].Reason | Should -BeExactly 'None'
        $byName[$Name].Message | Should -BeExactly ''
        $byName[$Name].RequestCount | Should -BeGreaterThan 1
    }

    It 'fails <Name> as <Reason>' -ForEach @(
        @{ Name = 'postgres'; Reason = 'SpecMismatch'; Words = 'source manifest "*" != dest "*", tag "16.3"' }
        @{ Name = 'haproxy'; Reason = 'SpecMismatch'; Words = 'source manifest "*" != dest "*", tag "3.0"' }
        @{ Name = 'memcached'; Reason = 'DestinationNotAList'; Words = 'destination manifest MIME type unknown: application/*v2+json*' }
        @{ Name = 'registry'; Reason = 'DestinationNotFound'; Words = 'destination manifest does not exists*' }
        @{ Name = 'tools'; Reason = 'DestinationListLength'; Words = 'destination manifest list length should be 1*' }
        @{ Name = 'agent'; Reason = 'PlatformMismatch'; Words = 'source arch "amd64" != dest arch "arm64"*' }
        @{ Name = 'etcd'; Reason = 'DestinationManifestMissing'; Words = 'failed to inspect dest image:*' }
    ) {
        $byName[$Name].Status | Should -BeExactly 'Failed'
        $byName[$Name].Reason | Should -BeExactly $Reason
        $byName[$Name].Message | Should -BeLike $Words
    }

    It 'takes four requests for a list with two architectures that are wanted' {
        $byName['alpine'].RequestCount | Should -Be 4
    }

    It 'numbers the entries as they stand in the list' {
        $results.Id | Should -Be (1..14)
        $results.Line | Should -Be (Get-DemoLine -Registry $registry)
    }

    It 'keeps what was compared, as objects' {
        $spec = $byName['postgres'].SourceSpec
        $spec.Platform.Architecture | Should -Be 'amd64', 'arm64'
        $spec[0].Digest | Should -Match '^sha256:[0-9a-f]{64}$'
        $byName['postgres'].DestinationSpec[0].Digest | Should -Not -Be $spec[0].Digest
        $byName['postgres'].SourceDigest | Should -Be (Get-ManifestList "$registry/library/postgres:16.3").Digest
    }
}

Describe 'What decides a verdict' {
    BeforeAll { $PSDefaultParameterValues['Test-MirrorImage:NoFailedList'] = $true }
    AfterAll { $PSDefaultParameterValues.Remove('Test-MirrorImage:NoFailedList') }

    It '-Architecture * finds what the selection leaves out' {
        (Get-DemoLine redis $registry | Test-MirrorImage -Architecture *).Reason | Should -Be 'SpecMismatch'
    }

    It 'an architecture that the source does not have is an error, never a pass' {
        $result = Get-DemoLine alpine $registry | Test-MirrorImage -Architecture mips64le -ErrorAction SilentlyContinue
        $result.Status, $result.Reason | Should -Be 'Error', 'NoMatchingPlatform'
    }

    It '-Comparison <Comparison> makes <Reason> of a list in another order' -ForEach @(
        @{ Comparison = 'ManifestList'; Reason = 'None' }
        @{ Comparison = 'Digest'; Reason = 'DigestMismatch' }
    ) {
        (Get-DemoLine busybox $registry | Test-MirrorImage -Comparison $Comparison).Reason | Should -Be $Reason
    }

    It '-Comparison <Comparison> makes <Reason> of a plain copy of one image' -ForEach @(
        @{ Comparison = 'ManifestList'; Reason = 'DestinationNotAList' }
        @{ Comparison = 'Platform'; Reason = 'None' }
        @{ Comparison = 'Digest'; Reason = 'None' }
    ) {
        $line = "$registry/library/tools $registry/library/tools 1.4"
        ($line | Test-MirrorImage -Comparison $Comparison).Reason | Should -Be $Reason
    }

    It 'a registry out of reach is an error, not a missing image' {
        $line = "$registry/library/alpine 127.0.0.1:1/mirror/alpine 3.20"
        $result = $line | Test-MirrorImage -MaximumRetryCount 0 -ErrorAction SilentlyContinue
        $result.Status, $result.Reason | Should -Be 'Error', 'RegistryUnavailable'
    }

    It 'a missing source is an error' {
        $result = "$registry/library/nope $registry/mirror/alpine 3.20" | Test-MirrorImage -ErrorAction SilentlyContinue
        $result.Status, $result.Reason | Should -Be 'Error', 'SourceNotFound'
    }

    It 'a line that cannot be read is a result like the others' {
        $result = 'too many fields for a line' | Test-MirrorImage -ErrorAction SilentlyContinue
        $result.Status, $result.Reason | Should -Be 'Error', 'InvalidLine'
        $result.Line | Should -Be 'too many fields for a line'
    }
}
