#!/usr/bin/env bash
# Races our side against MNE-Python, SciPy and NumPy, in turn, in one run: medians of seven, wall and CPU seconds, peak memory.
# Usage: race.sh FILE.edf [OPERATION …]   The file: 64 channels × 512 Hz × 1 h. Without an operation all of them run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=$1
shift
all="open annotations read bandpass notch fir welch resample resample-poly average morlet ica"
for length in 256 512 1024 2048 4096 8192 16384 32768 65536 1000 5000; do all="$all fft-$length"; done
operations=${*:-$all filter}

dotnet build "$here" -c Release -v quiet -nologo >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fftw=""
if command -v gcc >/dev/null && [ -e /usr/include/fftw3.h ]; then
    gcc -O3 -march=native "$here/fftw.c" -lfftw3 -lm -o "$scratch/fftw" && fftw="$scratch/fftw"
fi

# Whole processes, seven of each side in turn: name, wall s, CPU s (medians), peak MiB.
processes() {
    "$here/../../signallab" --version >/dev/null
    for turn in 1 2 3 4 5 6 7; do
        for side in SignalLab MNE; do
            rm -f "$scratch/out.edf"*
            if [ $side = SignalLab ]; then
                command=("$here/../../signallab" filter "$file" "$scratch/out.edf" --highpass 0.5 --lowpass 70 --quiet)
            else
                command=(/usr/bin/python3 "$here/peer_filter.py" "$file" "$scratch/out.edf")
            fi
            /usr/bin/python3 - "$side" "${command[@]}" >>"$scratch/$side" <<'PY'
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[2:], check=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
PY
        done
    done
    for side in SignalLab MNE; do
        /usr/bin/python3 -c "
import statistics, sys
rows = [[float(v) for v in line.split()] for line in open('$scratch/$side')]
print('$side,filter,' + ','.join(f'{statistics.median(c):.3f}' for c in zip(*rows)))"
    done
}

echo "side,operation,wall_s,cpu_s,peak_MiB"
for operation in $operations; do
    if [ "$operation" = filter ]; then
        processes
        continue
    fi
    echo "SignalLab,$("$here/bin/Release/net10.0/SignalLab.Benchmarks" "$operation" "$file")"
    echo "peer,$(/usr/bin/python3 "$here/peers.py" "$file" "$operation")"
    case $operation in
        fft-*) [ -z "$fftw" ] || echo "FFTW,$("$fftw" "${operation#fft-}")" ;;
    esac
done
