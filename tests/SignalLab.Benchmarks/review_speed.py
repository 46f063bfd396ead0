#!/usr/bin/python3
"""How long the reviewer takes from key to painted page in headless Chromium, as a reader would see it.
Usage: review_speed.py SIGNALLAB FILE   prints one line a figure: name, median ms, 95th percentile ms, turns. Needs chromedriver. FILE: 64 channels x 512 Hz x 24 h."""
import os
import statistics
import sys
import time

from review_browser import Station, driver


def row(name, times):
    times = sorted(times)
    print(f'{name},{statistics.median(times):.0f},{times[int(0.95 * (len(times) - 1))]:.0f},{len(times)}', flush=True)


def main(program, file):
    begun = time.perf_counter()
    with driver(), Station(program, file) as station:
        run = station.run
        run('while (!window.signallab?.traces.firstPaint) await new Promise(r => setTimeout(r, 5));')
        print(f'server, browser and first page together,{1000 * (time.perf_counter() - begun):.0f},,1', flush=True)
        print('first page after open,%.0f,,1' % run('return signallab.traces.firstPaint;'), flush=True)
        print('page,%s' % run('return `${signallab.traces.width} x ${signallab.traces.height} pixels, ${signallab.traces.lanes.length} traces`;'), flush=True)
        print('overview ready after s,%.0f' % run('const t = performance.now(); while (!signallab.strip.data) await new Promise(r => setTimeout(r, 100)); return performance.now() / 1000;'), flush=True)
        print('extremes for long pages ready after s,%.0f' % run('const t = performance.now(); await new Promise(r => setTimeout(r, 500)); while (signallab.strip.prepared < 1) await new Promise(r => setTimeout(r, 100)); return performance.now() / 1000;'), flush=True)
        run("await signallab.marks.do({ add: Array.from({ length: 10000 }, (_, i) => ({ onset: i * 8.6, duration: 1, text: `event ${i % 40}`, channel: null, origin: 'algorithm', by: 'bench', made: '' })) });")
        run("signallab.view.montage = 'banana'; signallab.view.low = 1; signallab.view.high = 70; document.getElementById('montage').value = 'banana'; document.getElementById('montage').dispatchEvent(new Event('change')); await new Promise(r => setTimeout(r, 3000));")
        turn = """
            const times = [];
            for (let i = 0; i < COUNT; i++) {
              const before = signallab.traces.ticket;
              const t = performance.now();
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
              while (Number(signallab.traces.stage.dataset.ticket ?? 0) <= before && performance.now() - t < 10000) await new Promise(r => requestAnimationFrame(r));
              times.push(performance.now() - t);
              await new Promise(r => setTimeout(r, PAUSE));
            }
            return times;"""
        run('signallab.view.seconds = 10; await signallab.goTo(3600); await new Promise(r => setTimeout(r, 1000));')
        row('10-s page, key to painted, a page a second', run(turn.replace('COUNT', '60').replace('PAUSE', '1000')))
        row('10-s page, key to painted, as fast as it goes', run(turn.replace('COUNT', '100').replace('PAUSE', '0')))
        row('10-s page, jump to a place not seen', run("""
            const times = [];
            for (let i = 0; i < 40; i++) {
              const t = performance.now();
              await signallab.goTo(5000 + (i * 7919) % 70000);
              await new Promise(r => requestAnimationFrame(r));
              times.push(performance.now() - t);
              await new Promise(r => setTimeout(r, 200));
            }
            return times;"""))
        run('signallab.view.seconds = 600; await signallab.goTo(7200); await new Promise(r => setTimeout(r, 4000));')
        row('10-min page, key to painted, a page in 3 s', run(turn.replace('COUNT', '12').replace('PAUSE', '3000')))
        run("document.getElementById('montage').value = ''; document.getElementById('montage').dispatchEvent(new Event('change')); signallab.view.low = signallab.view.high = null; signallab.view.seconds = 3600; await signallab.goTo(7200); await new Promise(r => setTimeout(r, 4000));")
        row('1-h page as recorded, key to painted, a page in 3 s', run(turn.replace('COUNT', '8').replace('PAUSE', '3000')))
        run("signallab.view.low = 1; signallab.view.high = 70; document.getElementById('montage').value = 'banana'; document.getElementById('montage').dispatchEvent(new Event('change'));")
        run('signallab.view.seconds = 10; await signallab.goTo(20000); await new Promise(r => setTimeout(r, 1000));')
        change = """
            const times = [];
            for (let i = 0; i < 20; i++) {
              const before = signallab.traces.ticket;
              const t = performance.now();
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key: KEYS[i % KEYS.length], bubbles: true }));
              while (Number(signallab.traces.stage.dataset.ticket ?? 0) <= before && performance.now() - t < 10000) await new Promise(r => requestAnimationFrame(r));
              times.push(performance.now() - t);
              await new Promise(r => setTimeout(r, 300));
            }
            return times;"""
        row('montage change', run(change.replace('KEYS', "['F4', 'F3', 'F2', 'F1']")))
        row('filter change', run("""
            const times = [];
            for (let i = 0; i < 20; i++) {
              const before = signallab.traces.ticket;
              const select = document.getElementById(['low', 'high'][i % 2]);
              select.selectedIndex = 1 + (select.selectedIndex + 1) % (select.options.length - 1);
              const t = performance.now();
              select.dispatchEvent(new Event('change'));
              while (Number(signallab.traces.stage.dataset.ticket ?? 0) <= before && performance.now() - t < 10000) await new Promise(r => requestAnimationFrame(r));
              times.push(performance.now() - t);
              await new Promise(r => setTimeout(r, 300));
            }
            return times;"""))
        frames = run("""
            await signallab.goTo(30000);
            document.getElementById('speed').value = '8';
            document.getElementById('play').click();
            let [frames, seen] = [0, ''];
            const begun = performance.now();
            while (performance.now() - begun < 5000) {
              await new Promise(r => requestAnimationFrame(r));
              if (signallab.traces.stage.dataset.ticket !== seen) frames++;
              seen = signallab.traces.stage.dataset.ticket;
            }
            document.getElementById('play').click();
            return frames / 5;""")
        print(f'scrolling by itself at 8 x, new frames a second,{frames:.0f}', flush=True)
        print(f'server peak MiB,{station.peak()}', flush=True)


if __name__ == '__main__':
    main(sys.argv[1], os.path.abspath(sys.argv[2]))
