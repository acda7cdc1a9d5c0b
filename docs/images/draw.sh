#!/usr/bin/env bash
# Draws docs/images/table.png: what the demo shows in a terminal of 120 columns. Needs script (util-linux) and python3 with Pillow, and
# the DejaVu fonts; on Debian: apt-get install bsdutils python3-pil fonts-dejavu-core.
set -euo pipefail

cd "$(dirname "$0")/../.."
typescript=$(mktemp)
trap 'rm -f "$typescript"' EXIT

dotnet build src/MirrorValidate.Demo -v quiet --nologo
TERM=xterm-256color script -qec \
    'stty cols 120 rows 60; dotnet run --no-build --project src/MirrorValidate.Demo' "$typescript" >/dev/null
python3 docs/images/terminal.py "$typescript" docs/images/table.png \
    --from 'PS> Get-Content image-list.txt | Test-MirrorImage' --to 'RequestCount'
