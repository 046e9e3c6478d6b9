"""What a command uses, for benches: instructions (callgrind) and peak memory (GNU time), children
included in the first. Neither depends on what else the machine does."""
import glob, os, re, shutil, subprocess, tempfile

TIME = shutil.which("time", path="/usr/bin:/bin")


def peak(command, cwd=None):
    """Peak memory in KB, or None without GNU time. A process that python starts begins with
    python's own peak, so it is started by one that is small."""
    if not TIME:
        return None
    with tempfile.NamedTemporaryFile("r") as said:
        subprocess.run([TIME, "-f", "%M", "-o", said.name, *command], cwd=cwd,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return int(said.read().split()[-1])


def instructions(command, cwd=None, children=False):
    """Instructions, or None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["valgrind", "--tool=callgrind", f"--trace-children={'yes' if children else 'no'}",
                        f"--callgrind-out-file={folder}/%p", f"--log-file={folder}/log.%p", *command],
                       cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = 0
        for log in glob.glob(f"{folder}/log.*"):
            with open(log, encoding="utf-8", errors="replace") as f:
                found += sum(map(int, re.findall(r"Collected : (\d+)", f.read())))
        return found or None
