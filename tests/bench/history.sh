#!/bin/bash
# rowmark history beside git log, in turn, best of several runs: on a real file of 2,463
# commits, and on generated repositories of a tree of 21 entries with a list of 100 rows and one
# status column or eight, after git gc, which writes a commit-graph. Cold begins without a cache
# and writes one: 1.5 times as fast as `git log -p -- FILE` at least, at 1,000 commits not slower,
# at 100 within 10 ms. Cached: 1.5 times the time of `git log --format=%H -- FILE` at most, or
# within 10 ms of it.
set -u
ROWMARK=${ROWMARK:-$PWD/build/rowmark}
corpus=${ROWMARK_CORPUS:-$PWD/../shared/corpus}
bench=$PWD/tests/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

command -v python3 >/dev/null || { echo "history: skipped, no python3 here"; exit 0; }

# generate FOLDER COMMITS EVERY COLUMNS: README.md changes in every EVERYth commit.
generate() {
  git init -q -b main "$1"
  python3 - "$2" "$3" "$4" <<'EOF' | git -C "$1" fast-import --quiet
import random, sys
commits, every, columns = map(int, sys.argv[1:4])
labels = ["Status"] if columns == 1 else ["C", "Go", "Java", "Perl", "PHP", "Python", "Ruby", "Rust"]
random.seed(1)
rows = [["Paper %d" % i, "https://example.org/%d" % i] + ["todo"] * columns for i in range(100)]
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
        at = 2 + random.randrange(columns)
        row[at] = {"todo": "doing", "doing": "done", "done": "todo"}[row[at]]
        if n % 100 == 0:
            rows.append(["Paper %d" % len(rows), "https://example.org/%d" % len(rows)] + ["todo"] * columns)
        put("README.md", "# List\n\n| Paper | Link | %s |\n|%s\n" % (" | ".join(labels), "---|" * (2 + columns))
            + "".join("| %s |\n" % " | ".join(r) for r in rows))
    put("other.txt", "%d\n" % n)
EOF
  git -C "$1" reset -q --hard
  git -C "$1" gc -q
}

# measure NAME REPO FILE RUNS RATIO MORE: git log -p takes RATIO times as long at least, or we MORE
# ms more at most.
measure() {
  PYTHONPATH=$bench PYTHONDONTWRITEBYTECODE=1 python3 - "$ROWMARK" "$@" <<'EOF'
import os, shutil, subprocess, sys, time
import used
rowmark, name, repo, path, runs, ratio, more = *sys.argv[1:5], int(sys.argv[5]), *map(float, sys.argv[6:8])
def run(*words):
    start = time.perf_counter()
    p = subprocess.Popen(words, cwd=repo, stdout=subprocess.DEVNULL)
    assert p.wait() == 0, words
    return 1000 * (time.perf_counter() - start)
ours = (rowmark, "history", "--format", "csv", path)
kept = os.path.join(repo, ".git", "rowmark")
cold, warm, log, patch = [], [], [], []
for _ in range(runs):
    shutil.rmtree(kept, ignore_errors=True)
    cold.append(run(*ours))
    warm.append(run(*ours))
    log.append(run("git", "log", "--format=%H", "--", path))
    patch.append(run("git", "log", "-p", "--", path))
size = sum(os.path.getsize(os.path.join(kept, f)) for f in os.listdir(kept)) / 1e6
shutil.rmtree(kept)
memory = (used.peak(ours, repo) or 0) / 1024
cold, warm, log, patch = min(cold), min(warm), min(log), min(patch)
print(f"history, {name}: cold {cold:.0f} ms, git log -p {patch:.0f} ms: "
      f"{patch / cold:.1f} times as fast ({ratio} wanted, or {more:.0f} ms more); "
      f"cached {warm:.0f} ms, git log {log:.0f} ms: {warm / log:.2f} times its time "
      f"(1.5 at most, or 10 ms more); {memory:.0f} MB of memory, cache {size:.1f} MB")
slow = patch / cold < ratio and cold > patch + more
slow |= warm / log > 1.5 and warm > log + 10
if slow:
    print("  TOO SLOW")
sys.exit(slow)
EOF
}

if [ -d "$corpus/histories" ]; then
  git clone -q "$corpus/histories/public-apis__public-apis.bundle" "$work/real"
  measure "2,463 commits of a real file" "$work/real" README.md 5 1.5 0 || status=1
else
  echo "history: skipped the real file, no corpus here"
fi
# COMMITS EVERY RUNS RATIO MORE
while read -r commits every runs ratio more; do
  for columns in 1 8; do
    generate "$work/repo" "$commits" "$every" "$columns"
    measure "$commits commits, the list in one of $every, status columns: $columns" "$work/repo" \
      README.md "$runs" "$ratio" "$more" || status=1
    rm -rf "$work/repo"
  done
done <<'EOF'
100 1 15 1.5 10
1000 1 9 1 0
2000 1 9 1.5 0
10000 10 9 1.5 0
50000 10 3 1.5 0
EOF
exit $status
