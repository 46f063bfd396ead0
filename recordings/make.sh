#!/usr/bin/env bash
# Writes every file of this folder anew: same program version, same files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
signallab=${SIGNALLAB:-../signallab}
"$signallab" simulate eeg eeg.edf --seed 1 --duration 60 --truth eeg.truth.json --force
"$signallab" simulate eeg eeg-gaps.edf --seed 2 --duration 40 --gaps --truth eeg-gaps.truth.json --force
"$signallab" simulate ecg ecg12.hea --seed 3 --duration 10 --truth ecg12.truth.json --force
"$signallab" simulate ecg strip.hea --seed 4 --strip --duration 300 --truth strip.truth.json --force
"$signallab" simulate meg auditory-ave.fif --seed 5 --truth auditory-ave.truth.json --force
"$signallab" simulate mri t1.nii.gz --seed 6 --truth t1.truth.json --force
"$signallab" simulate fmri task_bold.nii.gz --seed 7 --duration 120 --truth task_bold.truth.json --events task_events.tsv --force
