#!/bin/bash
# How time and memory grow: instructions (callgrind, children counted) and peak memory (GNU time)
# of commands on one table of 10^3 to 10^6 rows and on 10^2 to 10^5 files of ten rows, and the
# exponent from each size to the next: 1 is as the text grows, 0 not at all. It says nothing of
# wall time and may run beside anything. ROWS, FILES and COMMANDS make it shorter:
# `ROWS="1000 10000" FILES="" COMMANDS="check set" tests/bench/growth.sh`. Exit status 1 where an
# exponent is over 1.15.
set -u
ROWMARK=${ROWMARK:-$PWD/build/rowmark}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for need in python3 valgrind git; do
  command -v "$need" >/dev/null || { echo "growth: skipped, no $need here"; exit 0; }
done

PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$PWD/tests/bench exec python3 - "$ROWMARK" "$work" <<'PYTHON'
import math, os, shutil, subprocess, sys
import texts, used
rowmark, work = sys.argv[1:]
ROWS = list(map(int, os.environ.get("ROWS", "1000 10000 100000 1000000").split()))
FILES = list(map(int, os.environ.get("FILES", "100 1000 10000 100000").split()))
MOST = 1.15
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
os.environ.update(GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org",
                  GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org")

ROW_COMMANDS = {
    "ls": ["ls", "T.md"],
    "check": ["check", "T.md"],
    "show": ["show", "T.md"],
    "show --json": ["show", "--json", "T.md"],
    "summary": ["summary", "T.md"],
    "set": ["set", "Item 777", "Maybe", "T.md", "-c", "Done", "--new"],
    "add": ["add", "T.md", "Name=New"],
    "rm": ["rm", "Item 777", "T.md"],
    "fmt": ["fmt", "T.md"],
    "sql": ["sql", "UPDATE papers SET Done = 'Maybe' WHERE rowid = 55", "T.md"],
    "report": ["report", "T.md", "-o", "out.html"],
}
FILE_COMMANDS = {"ls": ["ls"], "check": ["check"], "summary": ["summary"],
                 "set": ["set", "Item 3", "Maybe", "f00007.md", "-c", "Done", "--new"]}


def rows(folder, n):
    with open(f"{folder}/T.md", "w", encoding="utf-8") as f:
        f.write("# Papers\n\n" + texts.NARROW)
        r = texts.random.Random(1)
        f.writelines(texts.narrow(r, i) for i in range(n))


def files(folder, n):
    for k in range(n):
        with open(f"{folder}/f{k:05}.md", "w", encoding="utf-8") as f:
            f.write(texts.text("many", 300, k * 100))


def measure(make, n, command):
    folder = f"{work}/w"
    os.makedirs(folder)
    make(folder, n)
    for words in (["git", "init", "-q", "."], ["git", "add", "-A"], [*GIT, "commit", "-qm", "x"],
                  ["git", "tag", "first"]):
        subprocess.run(words, cwd=folder, check=True)
    assert subprocess.run([rowmark, *command], cwd=folder, stdout=subprocess.DEVNULL).returncode < 2
    start_again(folder)
    memory = used.peak([rowmark, *command], folder)
    start_again(folder)
    count = used.instructions([rowmark, *command], folder, True)
    shutil.rmtree(folder)
    return count, memory


def start_again(folder):
    subprocess.run(["git", "reset", "-q", "--hard", "first"], cwd=folder, check=True)


def exponent(before, now, times):
    return math.log(now / before) / math.log(times) if before and now else 0


def table(what, sizes, make, commands):
    worst = 0
    chosen = os.environ.get("COMMANDS")
    for name, command in commands.items():
        if chosen and name not in chosen.split():
            continue
        before = None
        for n in sizes:
            count, memory = measure(make, n, command)
            line = f"{name:12} {n:8} {what:5} {count / 1e6:11.1f} M instructions {memory or 0:9} KB"
            if before:
                time = exponent(before[1], count, n / before[0])
                room = exponent(before[2], memory, n / before[0])
                worst = max(worst, time, room)
                line += f"   exponents {time:5.2f} {room:5.2f}"
            print(line + ("   TOO STEEP" if before and max(time, room) > MOST else ""), flush=True)
            before = n, count, memory
    return worst


worst = max(table("rows", ROWS, rows, ROW_COMMANDS), table("files", FILES, files, FILE_COMMANDS))
print(f"growth: the largest exponent is {worst:.2f} ({MOST} at most)")
sys.exit(worst > MOST)
PYTHON
