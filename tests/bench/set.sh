#!/bin/bash
# `rowmark set` with its commit, FILE named and not, against `sed -i` and `git commit -q -m x --
# README.md`: RUNS (40) of each, by turns, in a small repository and in such of 10,000 and
# 100,000 files (there a quarter of the runs). Counted is the processor time of the process and its
# children, in the middle of all runs, since other programs do not change that much; the clock's
# is printed too. Not slower: peer / ours must be at least 1.
# shellcheck disable=SC2016,SC2317,SC2329 # awk gets its own words; timed runs what it is given
set -u
cd "$(dirname "$0")/../.." || exit 2
ROWMARK=${ROWMARK:-$PWD/${B:-build}/rowmark}
work=$(mktemp -d /tmp/rowmark-bench.XXXXXX) || exit 2
trap 'rm -rf "$work"' EXIT
unset "${!GIT_@}"
export HOME=$work LC_ALL=C
git config --global user.name Ada
git config --global user.email ada@example.org
git config --global gc.auto 0
TIMEFORMAT='%R %U %S'

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

named() { "$ROWMARK" set LIMA "$1" README.md >/dev/null; }
found() { "$ROWMARK" set LIMA "$1" >/dev/null; }
peer() {
  sed -i "/^| *LIMA/s/| *$2 *|\$/| $1 |/" README.md
  git commit -q -m x -- README.md
}

timed() { # to, command...
  local to=$1
  shift
  { time "$@" 2>/dev/null; } 2>>"$to"
}

middle() { # file, seconds as an expression of awk: in ms
  awk "{ print 1000 * ($2) }" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

verdict() { # name, ours
  awk -v name="$1" -v ours="$(middle "$2" '$2 + $3')" -v peer="$(middle peer '$2 + $3')" \
    -v clock="$(middle "$2" '$1')" -v theirs="$(middle peer '$1')" 'BEGIN {
    ratio = peer / (ours ? ours : 0.1)
    printf "set, %s: %.2f times as fast as sed -i and git commit (processor %.1f ms against %.1f ms, clock %.1f ms against %.1f ms), wanted 1%s\n",
      name, ratio, ours, peer, clock, theirs, ratio < 1 ? "  TOO SLOW" : ""
    exit ratio < 1
  }'
}

measure() { # name, runs
  local a='Not read' b=Reading status=0
  cd "$work/$1" || exit 2
  named "$b" && named "$a" # what must be read from the disk is read
  for _ in $(seq "$2"); do
    timed "$work/named" named "$b"
    timed "$work/peer" peer "$a" "$b"
    timed "$work/found" found "$b"
    timed "$work/peer" peer "$a" "$b"
  done
  if ! git diff --quiet HEAD || [ "$(git rev-list --count HEAD)" -ne $((3 + 4 * $2)) ]; then
    echo "set $1: the runs did not all commit"
    exit 2
  fi
  cd "$work" || exit 2
  verdict "$1, FILE named" named || status=1
  verdict "$1, FILE not named" found || status=1
  rm -rf named found peer "${work:?}/$1"
  return $status
}

status=0
runs=${RUNS:-40}
for size in 0 10000 100000; do
  name="$size files besides"
  repository "$name" $size
  (measure "$name" $((size ? (runs + 3) / 4 : runs))) || status=1
done
exit $status
