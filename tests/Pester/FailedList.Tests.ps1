BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestBed.psm1')
    $registry = Enter-TestBed $TestDrive
}

AfterAll { Exit-TestBed }

Describe 'The failed list' {
    BeforeEach { Remove-Item mirror-validate-failed* }

    It 'has what failed and what could not be compared, in list order' {
        $lines = @(Get-DemoLine etcd, alpine, postgres $registry) + "$registry/library/nope $registry/mirror/nope v1"
        $null = $lines | Test-MirrorImage -ThrottleLimit 4 -ErrorAction SilentlyContinue
        Get-Content mirror-validate-failed.txt | Should -Be $lines[0, 2, 3]
        'mirror-validate-failed.txt.partial' | Should -Not -Exist
    }

    It 'is not there when everything passed, and an old one goes' {
        Set-Content mirror-validate-failed.txt 'old'
        $null = Get-DemoLine alpine $registry | Test-MirrorImage
        'mirror-validate-failed.txt' | Should -Not -Exist
    }

    It 'can be the input, and is emptied when everything passes at last' {
        Get-DemoLine alpine $registry | Set-Content mirror-validate-failed.txt
        $null = Test-MirrorImage -f mirror-validate-failed.txt
        'mirror-validate-failed.txt' | Should -Exist
        Get-Content mirror-validate-failed.txt | Should -BeNullOrEmpty
    }

    It 'can be the input that Get-Content reads' {
        Get-DemoLine alpine, postgres $registry | Set-Content mirror-validate-failed.txt
        $null = Get-Content mirror-validate-failed.txt | Test-MirrorImage
        Get-Content mirror-validate-failed.txt | Should -Be (Get-DemoLine postgres $registry)
    }

    It 'goes where -o says' {
        $null = New-Item -ItemType Directory -Path elsewhere -Force
        $null = Get-DemoLine postgres $registry | Test-MirrorImage -o TestDrive:\elsewhere\failed.txt
        Get-Content elsewhere/failed.txt | Should -Be (Get-DemoLine postgres $registry)
        'mirror-validate-failed.txt' | Should -Not -Exist
    }

    It 'is not written with -NoFailedList' {
        $null = Get-DemoLine postgres $registry | Test-MirrorImage -NoFailedList
        'mirror-validate-failed.txt' | Should -Not -Exist
    }

    It 'stays whole when the pipeline is cut short, and what had failed is beside it' {
        Set-Content mirror-validate-failed.txt 'old'
        $null = Get-DemoLine postgres, etcd, haproxy, tools $registry | Test-MirrorImage | Select-Object -First 1
        Get-Content mirror-validate-failed.txt | Should -Be 'old'
        Get-Content mirror-validate-failed.txt.partial | Should -Contain (Get-DemoLine postgres $registry)
    }

    It 'that cannot be written ends the run before it begins' {
        { Get-DemoLine postgres $registry | Test-MirrorImage -o ./no/such/folder/failed.txt } | Should -Throw -ErrorId 'ImageListUnwritable,*'
    }
}
