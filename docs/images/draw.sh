#!/usr/bin/env bash
# Draws table.png, the output of the demo in a terminal of 120 columns, and widths.png, the default table in terminals of
# 80, 100, 120 and 200 columns, in a file, and in the log of a job without a terminal; and report.png, the first screen of
# a report. Needs tmux, chromium, python3 with Pillow, and the DejaVu fonts (Debian: apt-get install tmux chromium
# python3-pil fonts-dejavu-core). PYTHON selects another python3.
set -euo pipefail

cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
terminal=(tmux -L "draw-$$" -f /dev/null)
demo=(dotnet run --no-build --project src/MirrorValidate.Demo)
widths=("${demo[@]}" -- -File docs/images/widths.ps1)
trap '"${terminal[@]}" kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT

# Runs a command in a terminal of a width and prints what it showed.
sessions=0
show() {
    local columns=$1 session=$((++sessions))
    shift
    "${terminal[@]}" new-session -d -s "$session" -x "$columns" -y 120 "$*; ${terminal[*]} wait-for -S '$session'; cat"
    "${terminal[@]}" wait-for "$session"
    "${terminal[@]}" capture-pane -t "$session" -p -e | cat -s
}

draw() {
    "${PYTHON:-python3}" docs/images/terminal.py "$@"
}

dotnet build src/MirrorValidate.Demo -v quiet --nologo
show 120 "${demo[@]}" >"$scratch/table"
draw "$scratch/table" docs/images/table.png \
    --from 'PS> Get-Content image-list.txt | Test-MirrorImage' --to 'RequestCount'

{
    for columns in 80 100 120 200; do
        echo "A terminal of $columns columns:"
        show "$columns" "${widths[@]}"
    done
    echo "A file:"
    show 200 "${widths[@]} >$scratch/file; cat $scratch/file"
    echo "A job without a terminal:"
    setsid --wait "${widths[@]}" 2>&1 </dev/null | cat
} >"$scratch/widths"
draw "$scratch/widths" docs/images/widths.png --from 'A terminal of 80' --to '(the end)'

"${demo[@]}" -- -File docs/images/report.ps1 -Path "$scratch/report.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$scratch/chromium" \
    --virtual-time-budget=2000 --window-size=1280,1240 --screenshot="$PWD/docs/images/report.png" \
    "file://$scratch/report.html" 2>/dev/null
