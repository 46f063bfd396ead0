#!/usr/bin/env bash
# Races opening and reading whole against MNE-Python in one run, for the same recording in every format that both read, both sides in turn:
# medians of seven after one turn to warm up, the file in the page cache, every sample as a double in memory. Prints how many times as fast we are.
# Usage: race_read.sh FILE.edf [FORMAT …]   The file: 64 channels × 512 Hz × 1 h. Needs 3 GB beside it in TMPDIR and 2 GB of memory.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=$(realpath "$1")
shift
formats=${*:-edf bdf brainvision-int16 brainvision-float32 fiff-int16 fiff-float32 eeglab-fdt eeglab-set}

dotnet build "$here" -c Release -v quiet -nologo >&2
ours="$here/bin/Release/net10.0/SignalLab.Benchmarks"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$ours" formats "$file" "$scratch"
/usr/bin/python3 "$here/peers.py" "$scratch/float32_raw.fif" "save-short:$scratch/int16_raw.fif"

echo "format,operation,ours_wall_s,ours_cpu_s,ours_peak_MiB,mne_wall_s,mne_cpu_s,mne_peak_MiB,times_as_fast_wall,times_as_fast_cpu"
for format in $formats; do
    case $format in
        edf) path=$file ;;
        bdf) path=$scratch/int24.bdf ;;
        brainvision-int16) path=$scratch/int16.vhdr ;;
        brainvision-float32) path=$scratch/float32.vhdr ;;
        fiff-int16) path=$scratch/int16_raw.fif ;;
        fiff-float32) path=$scratch/float32_raw.fif ;;
        eeglab-fdt) path=$scratch/beside.set ;;
        eeglab-set) path=$scratch/inside.set ;;
        *) echo "race_read.sh: unknown format $format" >&2; exit 2 ;;
    esac
    for operation in open read; do
        mine=$("$ours" "$operation" "$path")
        theirs=$(/usr/bin/python3 "$here/peers.py" "$path" "$operation")
        echo "$mine,$theirs" | awk -F, -v format="$format" '{ printf "%s,%s,%s,%s,%s,%s,%s,%s,%.1f,%.1f\n", format, $1, $2, $3, $4, $6, $7, $8, $6 / $2, ($3 > 0 ? $7 / $3 : 0) }'
    done
done
