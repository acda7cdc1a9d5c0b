# The default table with rows of all kinds, for the pictures of its widths: long names, ports, IPv6, what did not pass.
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }

$rows = @'
Status,Reason,Source,Destination,Tag,Line
Passed,None,docker.io/library/nginx,mirror.example.com/library/nginx,1.27,
Passed,None,docker.io/library/nginx,mirror.example.com:5000/copies/nginx,1.27,
Failed,SpecMismatch,docker.io/rancher/rancher,mirror.example.com/rancher/rancher,v2.9.2,
Failed,DestinationManifestMissing,docker.io/rancher/mirrored-coredns-coredns,harbor.dc2.example.com/rancher/mirrored-coredns-coredns,1.11.1,
Failed,DestinationNotFound,registry.k8s.io/kube-proxy,[2001:db8::17]:5000/kube-proxy,v1.30.4-rancher1-build20240828,
Failed,TagDrift,quay.io/coreos/etcd,mirror.example.com/coreos/etcd,v3.5.17@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,
Error,RegistryUnavailable,quay.io/prometheus/busybox,mirror.example.com/prometheus/busybox,glibc,
Error,InvalidLine,,,,docker.io/library/redis mirror.example.com/library/redis 7.2 # old
'@ | ConvertFrom-Csv
$id = 0
foreach ($row in $rows) {
    $row.PSTypeNames.Insert(0, 'MirrorValidate.Validation.MirrorImageResult')
    $row | Add-Member -NotePropertyName Id -NotePropertyValue (++$id) -PassThru
}
