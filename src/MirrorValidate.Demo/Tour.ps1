# What a check of a mirror looks like: each command is shown, then run.
$ErrorActionPreference = 'Stop'
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }

$steps = @(
    { Get-Content image-list.txt }
    { Get-Content image-list.txt | Test-MirrorImage -SourceRegistry $source -DestinationRegistry $destination -ThrottleLimit 10 -OutVariable results }
    { $results | Group-Object Reason -NoElement | Format-Table -AutoSize }
    { $results | Where-Object Reason -eq SpecMismatch | Select-Object -First 1 | Format-List }
    { Get-Content mirror-validate-failed.txt }
)

"Two registries run in this process: the source at $source, its mirror at $destination."
foreach ($step in $steps) {
    "`n$($PSStyle.Foreground.BrightBlue)PS>$($PSStyle.Reset)$step"
    . $step | Out-Default
}
