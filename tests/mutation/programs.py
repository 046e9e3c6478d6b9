"""Test programs: unit programs and single tests of bats files, run until the first failure.

A test is named `test_doc` or `set.bats:12`, its number in the file. What a changed library may
take is bounded in processor time, so that a busy machine fails no test.
"""
import os
import re
import resource
import selectors
import shutil
import signal
import subprocess
import time

FAILED = re.compile(rb'^(not ok |\[  FAILED  \])', re.M)
# These build or trace the program themselves, or look at one that was built before.
LEFT_OUT = {'library.bats', 'extension.bats', 'valgrind.bats', 'kill.bats'}
# No test sleeps for so long: what still runs waits for something that never comes.
ASLEEP = 900


def names(tree):
    units = sorted(os.listdir(os.path.join(tree, 'build/cover/unit')))
    bats = sorted(os.listdir(os.path.join(tree, 'tests/cli')))
    return [u for u in units if '.' not in u and u.startswith('test_')] + \
        [b for b in bats if b.endswith('.bats') and b not in LEFT_OUT]


def limits(seconds):
    def child():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 31, 1 << 31))
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    return child


# Descriptions of the tests in a bats file, in order.
def descriptions(path):
    with open(path, encoding='utf-8') as f:
        return re.findall(r'^@test ([\'"])(.*)\1 \{', f.read(), re.M)


# The command for a program, or for some tests of a bats file.
def command(tree, b, name, numbers):
    if not name.endswith('.bats'):
        return [os.path.join('build', b, 'unit', name)]
    words = ['bats', '--tap', '--timing', 'tests/cli/' + name]
    if numbers:
        all_of_them = descriptions(os.path.join(tree, 'tests/cli', name))
        wanted = [re.sub(r'([][().*+?{}|^$\\])', r'\\\1', all_of_them[n - 1][1]) for n in numbers]
        words[1:1] = ['-f', '^(' + '|'.join(wanted) + ')$']
    return words


class Ran:
    """What a run printed, why it failed (or None), and its processor time."""
    out, why, hangs, seconds = b'', None, False, 0.0


def used():
    r = resource.getrusage(resource.RUSAGE_CHILDREN)
    return r.ru_utime + r.ru_stime


# Run it; stop at the first failure unless `all_of_it`.
def run(tree, b, name, numbers=(), library=None, seconds=600, all_of_it=False, **more):
    work = os.path.dirname(tree)
    temp = os.path.join(work, 'temp')
    shutil.rmtree(temp, ignore_errors=True)
    os.makedirs(temp, exist_ok=True)
    env = dict(os.environ, TMPDIR=temp, LC_ALL='C.UTF-8', B='build/' + b,
               ROWMARK=os.path.join(tree, 'build', b, 'rowmark'), GIT_CEILING_DIRECTORIES=work,
               **more)
    if library:
        env['LD_LIBRARY_PATH'] = library
    ran, began = Ran(), used()
    child = subprocess.Popen(command(tree, b, name, numbers), cwd=tree, env=env,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, start_new_session=True,
                             preexec_fn=limits(int(seconds) + 1))
    read(child, ran, all_of_it)
    if ran.why is None and child.wait() != 0:
        ran.why = 'exit status %d' % child.returncode
        ran.hangs = child.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()
    child.stdout.close()
    ran.seconds = used() - began
    return ran


def read(child, ran, all_of_it):
    end = time.monotonic() + ASLEEP
    ready = selectors.DefaultSelector()
    ready.register(child.stdout, selectors.EVENT_READ)
    while all_of_it or ran.why is None:
        if not ready.select(.2):
            # What it left running may hold the pipe open.
            if child.poll() is not None:
                break
            if time.monotonic() > end:
                ran.why, ran.hangs = 'it sleeps', True
                break
            continue
        some = os.read(child.stdout.fileno(), 65536)
        ran.out += some
        found = FAILED.search(ran.out)
        if found and not ran.why:
            ran.why = ran.out[found.start():].split(b'\n')[0].decode('utf-8', 'replace')
        if not some:
            break
