#!/usr/bin/env bash
# Draws docs/images/table.png: the output of the demo in a terminal of 120 columns. Needs tmux, python3 with Pillow, and
# the DejaVu fonts (Debian: apt-get install tmux python3-pil fonts-dejavu-core). PYTHON selects another python3.
set -euo pipefail

cd "$(dirname "$0")/../.."
screen=$(mktemp)
terminal=(tmux -L "draw-$$" -f /dev/null)
trap '"${terminal[@]}" kill-server 2>/dev/null || true; rm -f "$screen"' EXIT

dotnet build src/MirrorValidate.Demo -v quiet --nologo
"${terminal[@]}" new-session -d -x 120 -y 120 \
    "dotnet run --no-build --project src/MirrorValidate.Demo; ${terminal[*]} wait-for -S shown; cat"
"${terminal[@]}" wait-for shown
"${terminal[@]}" capture-pane -p -e >"$screen"
"${PYTHON:-python3}" docs/images/terminal.py "$screen" docs/images/table.png \
    --from 'PS> Get-Content image-list.txt | Test-MirrorImage' --to 'RequestCount'
