#!/bin/bash
# `rowmark set` with its commit against `sed -i` and `git commit -q -m x -- README.md`: the
# median of RUNS (50) of each, by turns, in a small repository and in one of 50,000 files.
# Not slower: peer / ours must be at least 1.
set -u
cd "$(dirname "$0")/../.." || exit 2
ROWMARK=${ROWMARK:-$PWD/${B:-build}/rowmark}
runs=${RUNS:-50}
work=$(mktemp -d /tmp/rowmark-bench.XXXXXX) || exit 2
trap 'rm -rf "$work"' EXIT
unset "${!GIT_@}"
export HOME=$work
git config --global user.name Ada
git config --global user.email ada@example.org
git config --global gc.auto 0

# The example's list, the row of LIMA with a value that sed finds alone.
repository() { # name, files besides
  git init -q "$work/$1"
  cp examples/reading-list/README.md "$work/$1"
  if [ "$2" -gt 0 ]; then
    (cd "$work/$1" && for d in $(seq 0 $(($2 / 100 - 1))); do
      mkdir -p "d$((d % 10))/d$d"
      for f in $(seq 100); do echo "$d $f" >"d$((d % 10))/d$d/f$f"; done
    done)
  fi
  git -C "$work/$1" add . && git -C "$work/$1" commit -q -m first
}

stamp() { echo "${EPOCHREALTIME/./}"; }

ours() { "$ROWMARK" set LIMA "$1" README.md >/dev/null; }
peer() {
  sed -i "/^| *LIMA/s/| *$2 *|\$/| $1 |/" README.md
  git commit -q -m x -- README.md
}

median() { sort -n "$1" | sed -n "$((runs / 2 + 1))p"; }

measure() { # name
  local a='Not read' b=Reading start
  cd "$work/$1" || exit 2
  ours "$b" && ours "$a" # what must be read from the disk is read
  for _ in $(seq "$runs"); do
    start=$(stamp) && ours "$b" && echo $(($(stamp) - start)) >>"$work/ours.$1"
    start=$(stamp) && peer "$a" "$b" && echo $(($(stamp) - start)) >>"$work/peer.$1"
  done
  if ! git diff --quiet HEAD || [ "$(git rev-list --count HEAD)" -ne $((3 + 2 * runs)) ]; then
    echo "set $1: the runs did not all commit"
    exit 2
  fi
  awk -v name="$1" -v ours="$(median "$work/ours.$1")" -v peer="$(median "$work/peer.$1")" 'BEGIN {
    ratio = peer / ours
    printf "set, %s: %.2f times as fast as sed -i and git commit (%.1f ms against %.1f ms), wanted 1%s\n",
      name, ratio, ours / 1000, peer / 1000, ratio < 1 ? "  TOO SLOW" : ""
    exit ratio < 1
  }'
}

status=0
repository small 0
repository 50000-files 50000
for name in small 50000-files; do
  (measure "$name") || status=1
done
exit $status
