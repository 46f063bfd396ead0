#!/usr/bin/python3
"""`filter` end to end on the other side: an MNE-Python script that reads an EDF, filters it (Butterworth band-pass 0.5-70 Hz, order 4, zero phase) and writes an EDF.
MNE's own export needs a package that is not everywhere, so the 16-bit records are written by NumPy in one go, without annotations: that favours this side.
Usage: peer_filter.py IN.edf OUT.edf"""
import sys
import mne
import numpy as np

mne.set_log_level('ERROR')
raw = mne.io.read_raw_edf(sys.argv[1], preload=True)
raw.filter(.5, 70, method='iir', iir_params=dict(order=4, ftype='butter', output='sos'), phase='zero')
x = raw._data
x *= 1e6
fs, n = int(raw.info['sfreq']), len(x)
records = x.shape[1] // fs
low, high = x.min(1), x.max(1)


def column(values, width):
    return b''.join(str(v).ljust(width).encode()[:width] for v in values)


header = column(['0'], 8) + column(['X X X X', 'Startdate X X X X'], 80) + b'01.01.2400.00.00' + column([256 * (n + 1)], 8) + column([''], 44) + column([records, 1], 8) + column([n], 4)
header += column(raw.ch_names, 16) + column([''] * n, 80) + column(['uV'] * n, 8) + column([f'{v:.5g}' for v in low], 8) + column([f'{v:.5g}' for v in high], 8)
header += column([-32768] * n, 8) + column([32767] * n, 8) + column([''] * n, 80) + column([fs] * n, 8) + column([''] * n, 32)
x -= low[:, None]
x *= (65535 / (high - low))[:, None]
x -= 32768
digital = np.rint(x).clip(-32768, 32767).astype('<i2')
with open(sys.argv[2], 'wb') as file:
    file.write(header)
    file.write(digital[:, :records * fs].reshape(n, records, fs).transpose(1, 0, 2).tobytes())
