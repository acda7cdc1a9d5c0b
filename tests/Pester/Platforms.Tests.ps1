BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive

    function Test-Demo([string] $Name, [hashtable] $Options = @{}) {
        Get-DemoLine -Registry $registry -Name $Name | Test-MirrorImage -NoFailedList @Options
    }
}

AfterAll { Exit-TestBed }

Describe 'Which platforms are compared' {
    It 'compares only what <Options.Keys> selects' -ForEach @(
        @{ Options = @{ Platform = 'linux/*' }; Expected = 'linux/amd64' }
        @{ Options = @{ Platform = 'windows/amd64' }; Expected = 'windows/amd64:10.0.17763.5576', 'windows/amd64:10.0.20348.2340' }
        @{ Options = @{ p = 'windows/amd64:10.0.20348.*' }; Expected = 'windows/amd64:10.0.20348.2340' }
        @{ Options = @{ Platform = 'linux/amd64,windows/amd64:10.0.17763.*' }; Expected = 'linux/amd64', 'windows/amd64:10.0.17763.5576' }
        @{ Options = @{ OS = 'windows' }; Expected = 'windows/amd64:10.0.17763.5576', 'windows/amd64:10.0.20348.2340' }
        @{ Options = @{ os = 'linux'; a = 'amd64' }; Expected = 'linux/amd64' }
        @{ Options = @{ OS = 'linux'; Architecture = '*' }; Expected = 'linux/amd64' }
    ) {
        $result = Test-Demo pause $Options
        $result.Status | Should -BeExactly 'Passed'
        "$($result.SourceSpec.Platform)".Split(' ') | Should -BeExactly $Expected
        $image = $result.Source + ':' + $result.Tag
        (Get-ManifestList $image @Options).Platforms | Should -BeExactly $Expected
    }

    It 'takes several platforms as an array' {
        $result = Test-Demo pause @{ Platform = 'linux/amd64', 'windows/amd64:10.0.17763.*' }
        $result.SourceSpec | Should -HaveCount 2
    }

    It 'says what the source does not have' {
        $result = Test-Demo pause @{ Platform = 'linux/s390x'; ErrorAction = 'SilentlyContinue' }
        $result.Reason | Should -BeExactly 'NoMatchingPlatform'
        $result.Message | Should -BeExactly 'no image available for specified arch list [linux/s390x]'
    }

    It 'compares an entry for the platform that it names' {
        $line = "--platform=windows/amd64:10.0.17763.5576 $(Get-DemoLine -Registry $registry -Name pause)"
        $result = $line | Test-MirrorImage -NoFailedList -Platform linux/amd64
        $result.Status | Should -BeExactly 'Passed'
        $result.SourceSpec.Platform.OSVersion | Should -BeExactly '10.0.17763.5576'
        $result.Platform | Should -BeExactly 'windows/amd64:10.0.17763.5576'
    }

    It 'advises the platforms that were mirrored, and passes with them' {
        $result = Test-Demo redis @{ Architecture = '*' }
        $result.Status | Should -BeExactly 'Failed'
        $remedy = $result.Differences.Remedy -join ' '
        $remedy | Should -Match 'validate with -Platform \S+\.'
        $platforms = $remedy -replace '.*validate with -Platform (\S+)\..*', '$1'
        (Test-Demo redis @{ Platform = $platforms }).Status | Should -BeExactly 'Passed'
    }
}

Describe 'A selection that cannot be read' {
    It 'ends <Command> for <Platform> and quotes the part' -ForEach @(
        foreach ($command in 'Test-MirrorImage', 'Get-ManifestList') {
            @{ Command = $command; Platform = 'linux/'; Words = '"linux/"*the architecture is empty' }
            @{ Command = $command; Platform = '*/*/*/*'; Words = '"[*]/[*]/[*]/[*]"*"/[*]" is one part too many' }
            @{ Command = $command; Platform = 'windows/amd64:['; Words = '"windows/amd64:`["*"`[" cannot be the os.version*' }
            @{ Command = $command; Platform = 'linux'; Words = '"linux"*write linux/[*] for an os*' }
            @{ Command = $command; Platform = 'linux/amd64', 'linux/'; Words = '"linux/"*the architecture is empty' }
        }
    ) {
        $failure = { & $Command docker.io/library/x:1 -Platform $Platform } | Should -Throw -PassThru
        if ($Command -eq 'Test-MirrorImage') {
            $failure = { 'a/b' | Test-MirrorImage -Platform $Platform } | Should -Throw -PassThru
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidPlatform,*'
        $failure.Exception.Message | Should -BeLike "-Platform: $Words"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*windows/amd64:10.0.20348.*'
    }

    It 'ends where -Platform meets <Other>' -ForEach @(
        @{ Other = @{ Architecture = 'amd64' } }
        @{ Other = @{ OS = 'linux' } }
    ) {
        $failure = { 'a/b' | Test-MirrorImage -Platform linux/amd64 @Other } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'AmbiguousPlatform,*'
        { Get-ManifestList a/b -Platform linux/amd64 @Other } | Should -Throw -ErrorId 'AmbiguousPlatform,*'
    }

    It 'ends for <Name> <Value>' -ForEach @(
        @{ Name = 'Architecture'; Value = 'linux/amd64' }
        @{ Name = 'OS'; Value = 'li nux' }
        @{ Name = 'Architecture'; Value = ',' }
    ) {
        $options = @{ $Name = $Value }
        $failure = { 'a/b' | Test-MirrorImage @options } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidArchitecture,*'
    }
}

Describe 'The completion of platforms' {
    It 'offers <Expected> for <Text>' -ForEach @(
        @{ Text = 'Test-MirrorImage -Platform linux/a'; Expected = 'linux/amd64' }
        @{ Text = 'Get-ManifestList -p win'; Expected = 'windows/amd64' }
        @{ Text = 'Test-MirrorImage -OS f'; Expected = 'freebsd' }
    ) {
        $offered = [System.Management.Automation.CommandCompletion]::CompleteInput($Text, $Text.Length, $null)
        $offered.CompletionMatches[0].CompletionText | Should -BeExactly $Expected
    }
}
