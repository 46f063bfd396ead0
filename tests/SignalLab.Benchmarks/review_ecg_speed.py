#!/usr/bin/python3
"""How long the ECG bench of the reviewer takes in headless Chromium, as a reader would see it.
Usage: review_ecg_speed.py SIGNALLAB TWELVE_LEADS HOLTER   prints a line a figure: name, median ms, most ms, times. Needs chromedriver.
TWELVE_LEADS: a 12-lead ECG of 10 s. HOLTER: 24 h of two leads; it need not be given."""
import os
import statistics
import sys

from review_browser import Station, driver

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


def row(name, times):
    print(f'{name},{statistics.median(times):.0f},{max(times):.0f},{len(times)}', flush=True)


def bench(program, file):
    """A station whose traces stand."""
    station = Station(program, file, BASICS)
    station.run('await until(() => window.signallab?.traces.stage.dataset.painted);')
    return station


def twelve(program, file):
    waited, at_once = [], []
    for _ in range(TIMES):
        # A click after a while finds the ECG examined; a click at once waits for the examination.
        for times, pause in ((waited, 1500), (at_once, 0)):
            with bench(program, file) as station:
                times.append(station.run(f"await new Promise(r => setTimeout(r, {pause})); return bench('ecg-sheet');"))
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
    with bench(program, file) as station:
        station.run("return bench('ecg-sheet');")
        row('dragged fiducial over all leads: move to intervals painted', station.run(drag.replace('LEAD', '-1')))
        row('dragged fiducial of one lead: move to intervals painted', station.run(drag.replace('LEAD', '1')))


def holter(program, file):
    with bench(program, file) as station:
        row('24-h Holter: click to the day drawn', [station.run("return bench('ecg-strip');")])
        print('24-h Holter: beats,%d' % station.run("return Number(document.querySelector('.ecg-hours') ? [...document.querySelectorAll('.ecg-hours tbody tr')].reduce((sum, r) => sum + Number(r.children[1].textContent), 0) : 0);"))
        print(f'24-h Holter: server peak MiB,{station.peak()}', flush=True)


def main(program, twelve_leads, day=None):
    with driver():
        twelve(program, os.path.abspath(twelve_leads))
        if day:
            holter(program, os.path.abspath(day))


if __name__ == '__main__':
    main(*sys.argv[1:])
