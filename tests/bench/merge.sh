#!/bin/bash
# Three files of 10,000 rows, 1.2 MB each, both sides changed: `rowmark merge` against `git
# merge-file` on the same files, and against `daff merge` (npm) on the same rows as CSV.
set -u
ROWS=10000 RUNS=5
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
export HOME=$dir GIT_CONFIG_NOSYSTEM=1

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

milliseconds() { # the best of several runs of a command; a conflict is no failure
  local best="" start end i
  for ((i = 0; i < RUNS; i++)); do
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1
    [ $? -lt 127 ] || return 1
    end=$((($(date +%s%N) - start) / 10000))
    [ -n "$best" ] && [ "$best" -le "$end" ] || best=$end
  done
  awk "BEGIN { print $best / 100 }"
}
bad=0
verdict() { # condition
  if awk "BEGIN { exit !($1) }"; then echo; else echo "  TOO SLOW"; bad=1; fi
}

"$ROWMARK" merge -p base.md ours.md theirs.md >merged || { echo "merge: the bench conflicts"; exit 1; }
[ "$(grep -c '^|' merged)" -eq $((ROWS + 2 + 50)) ] || { echo "merge: rows are missing"; exit 1; }
ours=$(milliseconds "$ROWMARK" merge -p base.md ours.md theirs.md)
peer=$(milliseconds git merge-file -p ours.md base.md theirs.md)
printf 'merge of %d rows, %d KB: %s ms, %.1f times git merge-file (wanted: under 10)' $ROWS \
  $(($(wc -c <base.md) / 1024)) "$ours" "$(awk "BEGIN { print $ours / $peer }")"
verdict "$ours < 10 * $peer"
if daff=$(command -v daff); then
  peer=$(RUNS=1 milliseconds "$daff" merge base.csv ours.csv theirs.csv)
  printf 'merge of %d rows: %.1f times as fast as daff merge on CSV (wanted: 1)' $ROWS \
    "$(awk "BEGIN { print $peer / $ours }")"
  verdict "$ours <= $peer"
else
  echo "merge: no daff here (npm install -g daff), that part is skipped"
fi

ours=$(milliseconds "$ROWMARK" diff --no-index base.md ours.md)
peer=$(milliseconds git diff --no-index base.md ours.md)
printf 'diff of %d rows: %s ms, %.1f times git diff --no-index (wanted: under 10)' $ROWS \
  "$ours" "$(awk "BEGIN { print $ours / $peer }")"
verdict "$ours < 10 * $peer"
if daff=$(command -v daff); then
  peer=$(RUNS=1 milliseconds "$daff" diff base.csv ours.csv)
  printf 'diff of %d rows: %.1f times as fast as daff diff on CSV (wanted: 1)' $ROWS \
    "$(awk "BEGIN { print $peer / $ours }")"
  verdict "$ours <= $peer"
fi
exit $bad
