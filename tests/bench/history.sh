#!/bin/bash
# rowmark history beside git log, in turn, best of several runs: on a real file of 2,463
# commits, and on generated repositories of 10,000 commits of a tree of 21 entries, whose
# list changes in every commit, and in every tenth. Cold begins without a cache and writes
# one: 3 times as fast as `git log -p -- FILE` at least. Cached: at most twice the time of
# `git log --format=%H -- FILE`.
set -u
ROWMARK=${ROWMARK:-$PWD/build/rowmark}
corpus=${ROWMARK_CORPUS:-$PWD/../shared/corpus}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

command -v python3 >/dev/null || { echo "history: skipped, no python3 here"; exit 0; }

# generate FOLDER COMMITS EVERY: README.md changes in every EVERYth commit.
generate() {
  git init -q -b main "$1"
  python3 - "$2" "$3" <<'EOF' | git -C "$1" fast-import --quiet
import random, sys
commits, every = int(sys.argv[1]), int(sys.argv[2])
random.seed(1)
rows = [["Paper %d" % i, "https://example.org/%d" % i, "todo"] for i in range(100)]
def put(path, text):
    data = text.encode()
    sys.stdout.write("M 100644 inline %s\ndata %d\n%s\n" % (path, len(data), text))
for n in range(commits):
    print("commit refs/heads/main\ncommitter Ada <ada@example.org> %d +0000" % (1400000000 + n * 9000))
    print("data 4\nstep")
    if n == 0:
        for i in range(18):
            put("file%d" % i, "%d\n" % i)
        put("docs/index.md", "x\n")
    if n % every == 0:
        row = random.choice(rows)
        row[2] = {"todo": "doing", "doing": "done", "done": "todo"}[row[2]]
        if n % 100 == 0:
            rows.append(["Paper %d" % len(rows), "https://example.org/%d" % len(rows), "todo"])
        put("README.md", "# List\n\n| Paper | Link | Status |\n|---|---|---|\n"
            + "".join("| %s | %s | %s |\n" % tuple(r) for r in rows))
    put("other.txt", "%d\n" % n)
EOF
  git -C "$1" reset -q --hard
  git -C "$1" gc -q
}

# measure NAME REPO FILE RUNS
measure() {
  python3 - "$ROWMARK" "$@" <<'EOF'
import os, resource, shutil, subprocess, sys, time
rowmark, name, repo, path, runs = *sys.argv[1:5], int(sys.argv[5])
def run(*words):
    start = time.perf_counter()
    p = subprocess.Popen(words, cwd=repo, stdout=subprocess.DEVNULL)
    _, code, used = os.wait4(p.pid, 0)
    assert code == 0, words
    return 1000 * (time.perf_counter() - start), used.ru_maxrss / 1024
ours = (rowmark, "history", "--format", "csv", path)
cold, warm, log, patch, memory = [], [], [], [], 0
for _ in range(runs):
    shutil.rmtree(os.path.join(repo, ".git", "rowmark"), ignore_errors=True)
    ms, mb = run(*ours)
    cold.append(ms)
    memory = max(memory, mb)
    warm.append(run(*ours)[0])
    log.append(run("git", "log", "--format=%H", "--", path)[0])
    patch.append(run("git", "log", "-p", "--", path)[0])
cold, warm, log, patch = min(cold), min(warm), min(log), min(patch)
size = sum(os.path.getsize(os.path.join(repo, ".git", "rowmark", f))
           for f in os.listdir(os.path.join(repo, ".git", "rowmark"))) / 1e6
print(f"history, {name}: cold {cold:.0f} ms, git log -p {patch:.0f} ms: "
      f"{patch / cold:.1f} times as fast (3 wanted); "
      f"cached {warm:.0f} ms, git log {log:.0f} ms: {warm / log:.2f} times its time "
      f"(2 at most); {memory:.0f} MB of memory, cache {size:.1f} MB")
sys.exit(patch / cold < 3 or warm / log > 2)
EOF
}

if [ -d "$corpus/histories" ]; then
  git clone -q "$corpus/histories/public-apis__public-apis.bundle" "$work/real"
  measure "2,463 commits of a real file" "$work/real" README.md 5 || status=1
else
  echo "history: skipped the real file, no corpus here"
fi
generate "$work/every" 10000 1
measure "10,000 commits, each changes the file" "$work/every" README.md 3 || status=1
generate "$work/tenth" 10000 10
measure "10,000 commits, each tenth changes the file" "$work/tenth" README.md 15 || status=1
exit $status
