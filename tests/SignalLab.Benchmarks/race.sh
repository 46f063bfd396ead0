#!/usr/bin/env bash
# Races our reading of a long EDF against MNE-Python's, in turn, in one run: medians of seven, wall and CPU seconds.
# Usage: race.sh FILE.edf [PEER.py]   PEER.py: a script `PEER.py FILE OPERATION` that prints operation,wall,cpu,peak MiB; the default peer times MNE itself.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=$1
dotnet build "$here" -c Release -v quiet -nologo
ours() { "$here/bin/Release/net10.0/SignalLab.Benchmarks" "$1" "$file"; }
peer() {
    /usr/bin/python3 - "$file" "$1" <<'PY'
import sys, time, resource, statistics, mne
mne.set_log_level('ERROR')
path, what = sys.argv[1:]
run = {'open': lambda: mne.io.read_raw_edf(path, preload=False),
       'annotations': lambda: mne.read_annotations(path),
       'read': lambda: mne.io.read_raw_edf(path, preload=True)}[what]
walls, cpus = [], []
run()
for _ in range(7):
    w, c = time.perf_counter(), time.process_time(); run()
    walls.append(time.perf_counter() - w); cpus.append(time.process_time() - c)
print(f'{what},{statistics.median(walls):.4f},{statistics.median(cpus):.4f},{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}')
PY
}
echo "side,operation,wall_s,cpu_s,peak_MiB"
for operation in open annotations read; do
    echo "SignalLab,$(ours $operation)"
    echo "MNE,$(peer $operation)"
done
