# What a check of a mirror looks like: each command is shown, then run.
$ErrorActionPreference = 'Stop'
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }

$steps = @(
    { Get-Content image-list.txt }
    { Get-Content image-list.txt | Test-MirrorImage -SourceRegistry $source -DestinationRegistry $destination -ThrottleLimit 10 -OutVariable results }
    { $results | Group-Object Reason -NoElement | Format-Table -AutoSize }
    { $results | Where-Object Reason -eq SpecMismatch | Select-Object -First 1 | Format-List }
    { Save-MirrorSource image-list.txt -StorePath source.tar -SourceRegistry $source | Where-Object Id -le 3 }
    { Get-StoreImage source.tar | Select-Object -First 3 }
    { Test-MirrorImage image-list.txt -SourceStore source.tar -s $source -d $destination -Depth Content -NoFailedList |
            Group-Object Status -NoElement | Format-Table -AutoSize }
    { Get-Content mirror-validate-failed.txt }
)

"Two registries run in this process: the source at $source, its mirror at $destination."
foreach ($step in $steps) {
    "`n$($PSStyle.Foreground.BrightBlue)PS>$($PSStyle.Reset)$step"
    . $step | Out-Default
}
