#!/usr/bin/python3
"""The other side of every race: MNE-Python, SciPy and NumPy doing the same work on the same file in memory.
Usage: peers.py FILE OPERATION; prints operation, wall s, CPU s (medians of seven after one turn to warm up), peak MiB."""
import resource
import statistics
import sys
import time
import warnings

warnings.simplefilter('ignore')
TURNS = 20  # A batch of transforms takes a millisecond: so many count as one turn.


def reader(path):
    """MNE's reader for a file's ending."""
    import mne
    return {
        'edf': mne.io.read_raw_edf, 'bdf': mne.io.read_raw_bdf, 'vhdr': mne.io.read_raw_brainvision, 'fif': mne.io.read_raw_fif, 'set': mne.io.read_raw_eeglab,
    }[path.rsplit('.', 1)[1]]


def prepare(path, what):
    """One turn of the work as a function of nothing."""
    if what.startswith('fft-'):
        import numpy as np
        import scipy.fft
        n = int(what.split('-')[1])
        x = np.random.default_rng(0).standard_normal((max(1, (1 << 19) // n), n))
        return lambda: [scipy.fft.rfft(x) for _ in range(TURNS)]
    import mne
    mne.set_log_level('ERROR')
    if what == 'open':
        return lambda: reader(path)(path, preload=False)
    if what == 'annotations':
        return lambda: mne.read_annotations(path)
    if what == 'read':
        return lambda: reader(path)(path, preload=True)
    if what.startswith('save-short:'):
        mne.io.read_raw_fif(path).save(what.split(':', 1)[1], fmt='short')
        raise SystemExit
    import numpy as np
    from scipy import signal
    raw = mne.io.read_raw_edf(path, preload=True)
    fs, x = raw.info['sfreq'], raw._data
    if what == 'bandpass':
        sos = signal.butter(4, [.5, 70], 'bandpass', fs=fs, output='sos')
        return lambda: [signal.sosfiltfilt(sos, c) for c in x]
    if what == 'notch':
        b, a = signal.iirnotch(50, 30, fs)
        return lambda: [signal.filtfilt(b, a, c) for c in x]
    if what == 'fir':
        return lambda: mne.filter.filter_data(x, fs, 1, 40)
    if what == 'welch':
        return lambda: [signal.welch(c, fs, 'hann', 1024, 512) for c in x]
    if what in ('resample', 'resample-fourier'):
        return lambda: mne.filter.resample(x, 1, 2, npad='auto')
    if what == 'resample-poly':
        return lambda: [signal.resample_poly(c, 1, 2) for c in x]
    if what == 'average':
        return lambda: x - x.mean(0)
    if what == 'morlet':
        freqs = np.arange(2, 42, 1.)
        y = x[None, :, :int(10 * fs)].copy()
        return lambda: mne.time_frequency.tfr_array_morlet(y, fs, freqs, freqs / 2, output='power')
    if what == 'ica':
        y = mne.io.RawArray(mne.filter.filter_data(x[:, :int(300 * fs)], fs, 1, 40), mne.create_info(len(x), fs, 'eeg'))
        return lambda: mne.preprocessing.ICA(20, method='fastica', random_state=0, max_iter=200).fit(y)
    raise SystemExit(f'peers.py: unknown operation {what}')


def main():
    path, what = sys.argv[1:]
    run = prepare(path, what)
    run()
    walls, cpus = [], []
    for _ in range(7):
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    share = TURNS if what.startswith('fft-') else 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f'{what},{statistics.median(walls) / share:.6f},{statistics.median(cpus) / share:.6f},{peak:.0f}')


main()
