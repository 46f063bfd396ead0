#!/usr/bin/env bash
# Peak memory and CPU time of `signallab export` from a short and a long recording into every format that is written: memory must not grow with the length.
# Usage: export_memory.sh SHORT.edf LONG.edf [ENDING …]   Writes into TMPDIR, one file at a time (up to 12 GB for 64 channels × 512 Hz × 24 h).
# SIGNALLAB names the program to run, ./signallab of this checkout unless told.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
short=$(realpath "$1")
long=$(realpath "$2")
shift 2
endings=${*:-edf bdf vhdr fif set hea csv}
read -ra program <<<"${SIGNALLAB:-$here/../../signallab}"
"${program[@]}" --version >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Prints CPU seconds, peak MiB and the bytes that were written. Text takes its ten times as much room: Fp1 and Fp2 of it.
measure() {
    local options=()
    case $2 in csv | tsv) options=(--channels '*Fp1,*Fp2') ;; esac
    mkdir "$scratch/out"
    /usr/bin/python3 - "${program[@]}" export "$1" "$scratch/out/copy.$2" --quiet ${options[@]+"${options[@]}"} <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f'{usage.ru_utime + usage.ru_stime:.1f},{usage.ru_maxrss / 1024:.0f}', end=',')
PY
    du -b --total "$scratch"/out/copy* | tail -1 | cut -f1
    rm -rf "$scratch/out"
}

echo "ending,short_cpu_s,short_peak_MiB,short_bytes,long_cpu_s,long_peak_MiB,long_bytes"
for ending in $endings; do
    echo "$ending,$(measure "$short" "$ending"),$(measure "$long" "$ending")"
done
