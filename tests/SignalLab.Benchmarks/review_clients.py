#!/usr/bin/python3
"""Pages through a recording with many clients at once and tells errors and the server's memory.
Usage: review_clients.py SIGNALLAB FILE [CLIENTS [SECONDS]]   50 clients, 60 s where nothing is said. Linux only: memory is read from /proc."""
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

EARLY_SECONDS = 10


def memory(pid, name='VmRSS'):
    with open(f'/proc/{pid}/status') as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024


class Client(threading.Thread):
    """Turns pages as fast as they come, from a place of its own."""

    def __init__(self, port, cookie, file, duration, seed, until):
        super().__init__()
        self.port, self.cookie, self.file, self.duration, self.until = port, cookie, file, duration, until
        self.random = random.Random(seed)
        self.times, self.errors, self.bytes = [], [], 0

    def run(self):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=120)
        at = self.random.uniform(0, self.duration)
        while time.monotonic() < self.until:
            at = (at + 10) % max(10, self.duration - 10)
            begun = time.monotonic()
            query = urllib.parse.urlencode({'file': self.file, 'from': f'{at:.3f}', 'seconds': 10, 'columns': 1800, 'low': 1, 'high': 70})
            try:
                connection.request('GET', '/api/page?' + query, headers={'Cookie': self.cookie})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200 or not body:
                    self.errors.append(f'{answer.status} {body[:100]!r}')
                self.bytes += len(body)
            except (OSError, http.client.HTTPException) as fault:
                self.errors.append(repr(fault))
                connection.close()
            self.times.append(time.monotonic() - begun)
        connection.close()


def log_in(address):
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request('GET', f'{parts.path or "/"}?{parts.query}')
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader('Set-Cookie').split(';')[0]

    def get(path):
        connection.request('GET', path, headers={'Cookie': cookie})
        return json.load(connection.getresponse())

    file = get('/api/desk')['file']
    duration = get('/api/recording?' + urllib.parse.urlencode({'file': file}))['duration']
    return parts.port, cookie, file, duration


def main(program, path, clients=50, seconds=60):
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([program, 'review', path, '--no-open', '--cache', folder, '--marks', folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            port, cookie, file, duration = log_in(server.stdout.readline().strip())
            until = time.monotonic() + seconds
            threads = [Client(port, cookie, file, duration, seed, until) for seed in range(clients)]
            for thread in threads:
                thread.start()
            measured = {}
            for at in range(EARLY_SECONDS, seconds + 1, EARLY_SECONDS):
                time.sleep(max(0, until - seconds + at - 0.5 - time.monotonic()))
                measured[at] = memory(server.pid)
            for thread in threads:
                thread.join()
            times = sorted(t for thread in threads for t in thread.times)
            errors = [e for thread in threads for e in thread.errors]
            print(f'clients,{clients}\nseconds,{seconds}\nrequests,{len(times)}\nerrors,{len(errors)}')
            print(f'MB sent,{sum(t.bytes for t in threads) / 1e6:.0f}')
            print(f'median answer ms,{1000 * times[len(times) // 2]:.0f}\n95th percentile ms,{1000 * times[int(0.95 * (len(times) - 1))]:.0f}')
            for at, mebibytes in measured.items():
                print(f'server MiB after {at} s,{mebibytes:.0f}')
            print(f'server peak MiB,{memory(server.pid, "VmHWM"):.0f}')
            for error in sorted(set(errors))[:5]:
                print(f'error,{error}')
            return 1 if errors else 0
        finally:
            server.terminate()
            server.wait()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])))
