#!/bin/bash
# Three files of 10,000 rows, 1.2 MB each, both sides changed: `rowmark merge` against `git
# merge-file` on the same files, and against `daff merge` (npm) on the same rows as CSV. Then of
# 100,000 rows: processor time, best in turn, 1.5 times git merge-file at most; peak memory, 5 times
# the three files at most.
set -u
ROWS=10000 RUNS=5 bad=0
MOST=126 # what git merge-file ends with counts its conflicts
bench=$PWD/tests/bench
# shellcheck source=tests/bench/common.bash
. "$(dirname "$0")/common.bash"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
export HOME=$dir

make_side() { # name, rows to edit (i % 50 == this), added
  awk -v rows=$ROWS -v edit="$2" -v added="$3" -v csv="$1.csv" 'BEGIN {
    print "# Papers\n\n| Paper | About | Link | Read |\n|-------|-------|------|------|"
    print "Paper,About,Link,Read" > csv
    for (i = 1; i <= rows; i++) {
      s = i % 50 == edit ? "Read" : "Not read"
      printf "| Paper %05d | What number %d says in a sentence of some ten words or so | https://example.org/abs/%d | %s |\n", i, i, i * 7, s
      printf "Paper %05d,What number %d says in a sentence of some ten words or so,https://example.org/abs/%d,%s\n", i, i, i * 7, s > csv
      if (added && i % 400 == added % 400) {
        printf "| New %s %d | Something | https://example.org/new/%d | Not read |\n", added, i, i
        printf "New %s %d,Something,https://example.org/new/%d,Not read\n", added, i, i > csv
      }
    }
  }' >"$1.md"
}
make_side base -1 0
make_side ours 7 100
make_side theirs 31 300

"$ROWMARK" merge -p base.md ours.md theirs.md >merged || { echo "merge: the bench conflicts"; exit 1; }
[ "$(grep -c '^|' merged)" -eq $((ROWS + 2 + 50)) ] || { echo "merge: rows are missing"; exit 1; }
ours=$(milliseconds $RUNS "$MOST" "$ROWMARK" merge -p base.md ours.md theirs.md)
peer=$(milliseconds $RUNS "$MOST" git merge-file -p ours.md base.md theirs.md)
printf 'merge of %d rows, %d KB: %s ms, %.1f times git merge-file (wanted: under 10)' $ROWS \
  $(($(wc -c <base.md) / 1024)) "$ours" "$(awk "BEGIN { print $ours / $peer }")"
verdict "$ours < 10 * $peer" || bad=1
if daff=$(command -v daff); then
  peer=$(milliseconds 1 "$MOST" "$daff" merge base.csv ours.csv theirs.csv)
  printf 'merge of %d rows: %.1f times as fast as daff merge on CSV (wanted: 1)' $ROWS \
    "$(awk "BEGIN { print $peer / $ours }")"
  verdict "$ours <= $peer" || bad=1
else
  echo "merge: no daff here (npm install -g daff), that part is skipped"
fi

ours=$(milliseconds $RUNS "$MOST" "$ROWMARK" diff --no-index base.md ours.md)
peer=$(milliseconds $RUNS "$MOST" git diff --no-index base.md ours.md)
printf 'diff of %d rows: %s ms, %.1f times git diff --no-index (wanted: under 10)' $ROWS \
  "$ours" "$(awk "BEGIN { print $ours / $peer }")"
verdict "$ours < 10 * $peer" || bad=1
if daff=$(command -v daff); then
  peer=$(milliseconds 1 "$MOST" "$daff" diff base.csv ours.csv)
  printf 'diff of %d rows: %.1f times as fast as daff diff on CSV (wanted: 1)' $ROWS \
    "$(awk "BEGIN { print $peer / $ours }")"
  verdict "$ours <= $peer" || bad=1
fi

ROWS=100000
make_side base -1 0
make_side ours 7 100
make_side theirs 31 300
command -v python3 >/dev/null || exit $bad
PYTHONPATH=$bench PYTHONDONTWRITEBYTECODE=1 python3 - "$ROWMARK" "$RUNS" <<'PYTHON' || bad=1
import os, resource, subprocess, sys
import used
rowmark, runs = sys.argv[1], int(sys.argv[2])
commands = ([rowmark, "merge", "-p", "base.md", "ours.md", "theirs.md"],
            ["git", "merge-file", "-p", "ours.md", "base.md", "theirs.md"])
def processor(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
ours, peer = map(min, zip(*[[processor(c) for c in commands] for _ in range(runs)]))
inputs = sum(os.path.getsize(f) for f in ("base.md", "ours.md", "theirs.md")) / 1024
memory = (used.peak(commands[0]) or 0) / inputs
slow = ours > 1.5 * peer or memory > 5
print(f"merge of 100000 rows: {1000 * ours:.0f} ms of processor time, {ours / peer:.1f} times git "
      f"merge-file (1.5 at most); memory {memory:.1f} times the three files (5 at most)"
      f"{'  TOO SLOW' if slow else ''}")
sys.exit(slow)
PYTHON
exit $bad
