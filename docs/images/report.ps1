# The report for the picture: images of the demo, under names as a site has them, compared with an earlier run.
param([string] $Path)

$images = @'
library/alpine:3.20 library/nginx:1.27 library/busybox:1.36 library/redis:7.2 library/hello-world:linux library/pause:3.9
library/postgres:16.3 library/haproxy:3.0 library/memcached:1.6 library/registry:2.8 library/etcd:3.5
'@
$lines = foreach ($image in -split $images) {
    $name, $tag = $image -split ':'
    "$source/$name $destination/$($name -replace '^library', 'mirror') $tag"
}
$folder = Split-Path $Path
$lines | Set-Content "$folder/images.txt"
Push-Location $folder
$results = Test-MirrorImage images.txt -Explain -NoFailedList -PreserveOrder -ErrorAction Ignore
$json = ($results | ConvertTo-Json -Depth 6).Replace($source, 'docker.io').Replace($destination, 'mirror.example.com')
$now = $json | ConvertFrom-Json
$then = $json | ConvertFrom-Json
foreach ($result in $then | Where-Object Tag -In '16.3', '3.5') { $result.Status, $result.Reason = 'Passed', 'None' }
foreach ($result in $then | Where-Object Tag -EQ '1.27') { $result.Status, $result.Reason = 'Failed', 'DestinationNotFound' }
$now | Export-MirrorReport $Path -Title 'Nightly check of the DR site' -Baseline $then
Pop-Location
