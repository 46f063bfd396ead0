#!/usr/bin/python3
"""How long the ECG bench of the reviewer takes in headless Chromium, as a reader would see it.
Usage: review_ecg_speed.py SIGNALLAB TWELVE_LEADS HOLTER   prints a line a figure: name, median ms, most ms, times. Needs chromedriver.
TWELVE_LEADS: a 12-lead ECG of 10 s. HOLTER: 24 h of two leads; it need not be given."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

PORT = 9532
TIMES = 7
BASICS = """
    const until = async (what) => { while (!what()) await new Promise(r => setTimeout(r, 2)); };
    const get = id => document.getElementById(id);
    const painted = () => new Promise(r => requestAnimationFrame(() => setTimeout(r, 0)));
    const bench = async (shown) => {
      const t = performance.now();
      get('open-ecg').click();
      await until(() => get('ecg')?.dataset.opened && get(shown)?.dataset.shown);
      await painted();
      return performance.now() - t;
    };
"""


def call(method, path, body=None):
    request = urllib.request.Request(f'http://127.0.0.1:{PORT}{path}', method=method, data=json.dumps(body or {}).encode() if method == 'POST' else None, headers={'Content-Type': 'application/json'})
    return json.load(urllib.request.urlopen(request, timeout=600))['value']


def row(name, times):
    print(f'{name},{statistics.median(times):.0f},{max(times):.0f},{len(times)}', flush=True)


class Station:
    """A reviewer of its own with a browser before it."""

    def __init__(self, program, file):
        self.folder = tempfile.TemporaryDirectory()
        self.server = subprocess.Popen([program, 'review', file, '--no-open', '--cache', self.folder.name, '--marks', self.folder.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = self.server.stdout.readline().strip()
        options = {'args': ['--headless=new', '--no-sandbox', '--disable-gpu', '--window-size=1800,1130', '--force-device-scale-factor=1']}
        self.session = '/session/' + call('POST', '/session', {'capabilities': {'alwaysMatch': {'goog:chromeOptions': options, 'timeouts': {'script': 600000}}}})['sessionId']
        call('POST', self.session + '/url', {'url': address})
        self.run("await until(() => window.signallab?.traces.stage.dataset.painted);")

    def run(self, script):
        value = call('POST', self.session + '/execute/async', {'script': 'const done = arguments[arguments.length - 1]; (async () => { ' + BASICS + script + " })().then(done, e => done('fault: ' + e));", 'args': []})
        if isinstance(value, str) and value.startswith('fault: '):
            raise SystemExit(value)
        return value

    def peak(self):
        with open(f'/proc/{self.server.pid}/status') as status:
            return next(int(line.split()[1]) for line in status if line.startswith('VmHWM')) // 1024

    def close(self):
        call('DELETE', self.session)
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()


def twelve(program, file):
    waited, at_once = [], []
    for turn in range(TIMES):
        # A click after a while finds the ECG examined; a click at once waits for the examination.
        for times, pause in ((waited, 1500), (at_once, 0)):
            station = Station(program, file)
            times.append(station.run(f"await new Promise(r => setTimeout(r, {pause})); return bench('ecg-sheet');"))
            if turn < TIMES - 1 or times is waited:
                station.close()
    row('12 leads, 10 s: click to drawn, 1.5 s after the recording was opened', waited)
    row('12 leads, 10 s: click to drawn, as soon as the traces are there', at_once)
    drag = """
        get('ecg-tab-beat').click();
        await until(() => get('ecg-beat')?.dataset.places);
        const select = document.querySelector('#ecg-lead');
        select.value = 'LEAD';
        select.dispatchEvent(new Event('change'));
        const canvas = get('ecg-beat');
        canvas.setPointerCapture = () => {};
        const times = [];
        const seconds = Number(JSON.parse(canvas.dataset.places)[5]);
        const x = seconds * Number(canvas.dataset.pxPerSecond);
        const box = canvas.getBoundingClientRect();
        const send = (type, to) => canvas.dispatchEvent(new PointerEvent(type, { clientX: box.left + to, clientY: box.top + 200, button: 0, pointerId: 1, bubbles: true }));
        send('pointerdown', x);
        for (let i = 1; i <= 30; i++) {
          delete canvas.dataset.shown;
          const t = performance.now();
          send('pointermove', x + i);
          await until(() => canvas.dataset.shown);
          await painted();
          times.push(performance.now() - t);
          await new Promise(r => setTimeout(r, 50));
        }
        send('pointerup', x + 30);
        return times;"""
    row('dragged fiducial over all leads: move to intervals painted', station.run(drag.replace('LEAD', '-1')))
    row('dragged fiducial of one lead: move to intervals painted', station.run(drag.replace('LEAD', '1')))
    station.close()


def holter(program, file):
    station = Station(program, file)
    row('24-h Holter: click to the day drawn', [station.run("return bench('ecg-strip');")])
    print('24-h Holter: beats,%d' % station.run("return Number(document.querySelector('.ecg-hours') ? [...document.querySelectorAll('.ecg-hours tbody tr')].reduce((sum, r) => sum + Number(r.children[1].textContent), 0) : 0);"))
    print(f'24-h Holter: server peak MiB,{station.peak()}', flush=True)
    station.close()


def main(program, twelve_leads, day=None):
    driver = subprocess.Popen(['chromedriver', f'--port={PORT}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                call('GET', '/status')
                break
            except OSError:
                time.sleep(0.1)
        twelve(program, os.path.abspath(twelve_leads))
        if day:
            holter(program, os.path.abspath(day))
    finally:
        driver.terminate()


if __name__ == '__main__':
    main(*sys.argv[1:])
