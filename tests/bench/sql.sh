#!/bin/bash
# SQL on a table of 100,000 rows: a GROUP BY from a cold process against sqlite3 importing
# the same rows from CSV; an UPDATE of every row with its commit; look-ups by key. And one
# table among thousands.
set -u
ROWS=100000 RUNS=5 bad=0
# shellcheck source=tests/bench/common.bash
. "$(dirname "$0")/common.bash"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
export HOME=$dir GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c
command -v sqlite3 >/dev/null || { echo "sql: skipped, no sqlite3"; exit 0; }

awk -v rows=$ROWS 'BEGIN {
  print "# T\n\n| Key | Area | Title | Status |\n|---|---|---|---|"
  print "Key,Area,Title,Status" > "t.csv"
  split("Not read,Reading,Read", s, ",")
  for (i = 1; i <= rows; i++) {
    printf "| item-%d | area %d | A title of some words, number %d | %s |\n", i, i % 50, i, s[i % 3 + 1]
    printf "item-%d,area %d,\"A title of some words, number %d\",%s\n", i, i % 50, i, s[i % 3 + 1] > "t.csv"
  }
}' >README.md
git init -q .
echo t.csv >.git/info/exclude
git add README.md
git commit -qm start

query='SELECT Area, Status, count(*) FROM t GROUP BY 1, 2'
[ "$("$ROWMARK" sql --format tsv "$query" | tail -n +2 | sort)" = \
  "$(sqlite3 :memory: '.mode csv' '.import t.csv t' '.mode tabs' "$query" | sort)" ] || { echo "sql: the answers differ"; exit 1; }
ours=$(milliseconds $RUNS 0 "$ROWMARK" sql "$query")
peer=$(milliseconds $RUNS 0 sqlite3 :memory: '.mode csv' '.import t.csv t' "$query")
printf 'sql GROUP BY of %d rows, cold: %.2f times as fast as sqlite3 importing CSV (wanted: 1)' \
  $ROWS "$(awk "BEGIN { print $peer / $ours }")"
verdict "$ours <= $peer" || bad=1
printf '  rowmark %s ms, sqlite3 %s ms\n' "$ours" "$peer"

# Each run writes another value, so that each changes every row.
update() {
  value=$([ "${value-}" = Done ] && echo Read || echo Done)
  "$ROWMARK" sql "UPDATE t SET Status = '$value'"
}
RUNS=3
update=$(milliseconds $RUNS 0 update)
printf 'sql UPDATE of every row, commit included: %.2f s (wanted: under 1)' "$(awk "BEGIN { print $update / 1000 }")"
verdict "$update < 1000" || bad=1
TIMEFORMAT='  %U s of processor time in rowmark, %S s in the kernel'
value=Done
time update >/dev/null
if [ -n "$(git status --porcelain)" ] || [ "$(git show HEAD:README.md | grep -c '| Read |$')" -ne $ROWS ]; then
  echo "sql: the commit is not what was asked"
  bad=1
fi

RUNS=3
load=$(milliseconds $RUNS 0 "$ROWMARK" sql "SELECT count(*) FROM t WHERE Key = 'item-5'")
join=$(milliseconds $RUNS 0 "$ROWMARK" sql 'SELECT count(*) FROM t a CROSS JOIN t b ON b.Key = a.Key')
each=$(awk "BEGIN { print ($join - $load) * 1000 / $ROWS }")
printf 'sql look-up by key after load: %.2f µs each, over %d look-ups (wanted: under 10)' "$each" $ROWS
verdict "$each < 10" || bad=1

# Of 3,000 tables one is asked for.
mkdir many
for f in {1..300}; do
  for t in {1..10}; do
    printf '## T %d %d\n\n| K | S |\n|---|---|\n| a | Read |\n\n' "$f" "$t"
  done >"many/$f.md"
done
many=$(milliseconds $RUNS 0 "$ROWMARK" sql 'SELECT K FROM "t-7-7"' many)
printf 'sql on one of 3,000 tables: %s ms (wanted: under 500)' "$many"
verdict "$many < 500" || bad=1
exit $bad
