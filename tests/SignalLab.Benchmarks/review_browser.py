"""A reviewer with a headless Chromium before it, for the benchmarks beside this file. Needs chromedriver; Linux only: memory is read from /proc."""
import contextlib
import json
import subprocess
import tempfile
import time
import urllib.request

PORT = 9531


def call(method, path, body=None):
    request = urllib.request.Request(f'http://127.0.0.1:{PORT}{path}', method=method, data=json.dumps(body or {}).encode() if method == 'POST' else None, headers={'Content-Type': 'application/json'})
    return json.load(urllib.request.urlopen(request, timeout=600))['value']


@contextlib.contextmanager
def driver():
    process = subprocess.Popen(['chromedriver', f'--port={PORT}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                call('GET', '/status')
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


class Station:
    """A reviewer of its own with a browser before it, within driver()."""

    def __init__(self, program, file, basics=''):
        self.basics = basics
        self.folder = tempfile.TemporaryDirectory()
        self.server = subprocess.Popen([program, 'review', file, '--no-open', '--cache', self.folder.name, '--marks', self.folder.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = self.server.stdout.readline().strip()
        options = {'args': ['--headless=new', '--no-sandbox', '--disable-gpu', '--window-size=1800,1130', '--force-device-scale-factor=1']}
        self.session = '/session/' + call('POST', '/session', {'capabilities': {'alwaysMatch': {'goog:chromeOptions': options, 'timeouts': {'script': 600000}}}})['sessionId']
        call('POST', self.session + '/url', {'url': address})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        call('DELETE', self.session)
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def run(self, script):
        value = call('POST', self.session + '/execute/async', {'script': 'const done = arguments[arguments.length - 1]; (async () => { ' + self.basics + script + " })().then(done, e => done('fault: ' + e));", 'args': []})
        if isinstance(value, str) and value.startswith('fault: '):
            raise SystemExit(value)
        return value

    def peak(self):
        with open(f'/proc/{self.server.pid}/status') as status:
            return next(int(line.split()[1]) for line in status if line.startswith('VmHWM')) // 1024
