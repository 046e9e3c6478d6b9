# Many at once: every change lands once, none is lost, no lock is left.
#
# WRITERS and SETS make it larger: WRITERS=10 SETS=50 bats tests/cli/race.bats

load common
load repo

writers() { echo "${WRITERS:-4}"; }
sets() { echo "${SETS:-8}"; }

# A row for every set of every writer.
rows() {
  fresh
  {
    printf '# Work\n\n| Task | Status |\n|---|---|\n'
    for w in $(seq "$(writers)"); do for i in $(seq "$(sets)"); do echo "| w${w}n$i | todo |"; done; done
  } >README.md
  echo 0 >other && git add . && git commit -q -m first
}

# One writer: its rows one after another; what fails is told.
writer() { # number
  for i in $(seq "$(sets)"); do
    rowmark set "w${1}n$i" done README.md >/dev/null 2>>"$HOME/errors" || echo "w${1}n$i failed" >>"$HOME/errors"
  done
}

all_landed() { # commits of ours expected
  local total=$(($(writers) * $(sets)))
  [ ! -s "$HOME/errors" ] || { cat "$HOME/errors"; return 1; }
  [ "$(grep -c '| done |' README.md)" -eq "$total" ]
  git show HEAD:README.md | diff README.md -
  git show :README.md | diff README.md -
  [ "$(git log --format=%s | grep -c -- '-> done')" -eq "$total" ]
  [ -z "$(git log --format=%s | sort | uniq -d | grep -- '-> done')" ]
  [ -z "$(git diff --name-only -- README.md)" ]
  [ -z "$(find . -name '*.lock' -o -name '.README.md.*' -o -name '*.rowmark')" ]
  git fsck --strict --no-dangling 2>&1 | (! grep .)
}

@test "two, and more, rowmarks on one file" {
  rows
  local start=${EPOCHREALTIME/./}
  for w in $(seq "$(writers)"); do writer "$w" 3>&- & done
  wait
  all_landed
  echo "# $(writers) writers x $(sets) sets: $(($(git rev-list --count HEAD) - 1)) commits in $(((${EPOCHREALTIME/./} - start) / 1000)) ms" >&3
  is_clean
}

# Something else of git's, over and over, until the writers are done; git gives up at once
# where it finds a lock, so it tries again.
meanwhile() { # command...
  while [ ! -e "$HOME/done" ]; do
    "$@" >/dev/null 2>&1 && echo x >>"$HOME/worked"
    sleep 0.005
  done
}

@test "of many that expect the same one is first, and the others are told" {
  AT_ONCE=8 "$TOP/tests/faults/races" 2 >"$HOME/table" || { cat "$HOME/table"; return 1; }
  [ "$(tail -1 "$HOME/table")" = '0 wrong' ]
}

@test "one that reads between another's file and its branch does not call the change its own" {
  papers
  strace -o /dev/null true 2>/dev/null || skip "no tracing here"
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
  # The branch comes last: by then the file holds the value, and HEAD does not.
  strace -qq -o /dev/null -e trace=rename -e inject=rename:delay_enter=1000000 rowmark set LIMA Read >"$HOME/first" 2>&1 3>&- &
  until grep -q 'LIMA | Read' README.md; do kill -0 $! || { cat "$HOME/first"; return 1; }; sleep 0.01; done
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  rowmark set LIMA Read >"$HOME/second"
  wait
  cat "$HOME/first" "$HOME/second"
  grep -q 'Not read -> Read' "$HOME/first"
  grep -q unchanged "$HOME/second"
  [ "$(git rev-list --count HEAD)" -eq 2 ]
}

adds() { echo $RANDOM >other && git add other; }
@test "rowmark against git add" {
  rows
  meanwhile adds 3>&- &
  local other=$!
  for w in $(seq "$(writers)"); do writer "$w" 3>&- & done
  for job in $(jobs -p); do [ "$job" = "$other" ] || wait "$job"; done
  : >"$HOME/done" && wait "$other"
  all_landed
  [ "$(wc -l <"$HOME/worked")" -gt 3 ]
  git add other && [ "$(git show :other)" = "$(cat other)" ]
}

commits() { echo $RANDOM >other && git commit -q -m theirs -- other && echo x >>"$HOME/theirs"; }
@test "rowmark against git commit: both land, and nothing of either is lost" {
  rows
  meanwhile commits 3>&- &
  local other=$!
  for w in $(seq "$(writers)"); do writer "$w" 3>&- & done
  for job in $(jobs -p); do [ "$job" = "$other" ] || wait "$job"; done
  : >"$HOME/done" && wait "$other"
  all_landed
  [ "$(git log --format=%s | grep -c theirs)" -eq "$(wc -l <"$HOME/theirs")" ]
}

moves() {
  local old
  old=$(git rev-parse HEAD)
  git update-ref refs/heads/main "$(git commit-tree -p "$old" -m moved "$old^{tree}")" "$old"
}
@test "the branch moved under us, without the index's lock: start again from there" {
  rows
  meanwhile moves 3>&- &
  local other=$!
  writer 1 3>&-
  : >"$HOME/done" && wait "$other"
  [ ! -s "$HOME/errors" ] || { cat "$HOME/errors"; return 1; }
  [ "$(git show HEAD:README.md | grep -c '| done |')" -eq "$(sets)" ]
  [ "$(git log --format=%s | grep -c moved)" -eq "$(wc -l <"$HOME/worked")" ]
  git diff --quiet && git diff --cached --quiet
}

@test "an editor that saves at the same time loses nothing" {
  rows
  # It appends lines to the newest text, and saves as editors do: by rename.
  edits() {
    local n=0
    while [ ! -e "$HOME/done" ]; do
      cp README.md "$HOME/copy" && cmp -s README.md "$HOME/copy" || continue
      n=$((n + 1))
      echo "Line $n." >>"$HOME/copy"
      # Between reading and saving no rowmark may have written, or the editor itself
      # would throw that away: it looks, as good ones do, and takes the lock for it.
      (set -C; : >.git/index.lock) 2>/dev/null || continue
      if head -n -1 "$HOME/copy" | cmp -s - README.md; then mv "$HOME/copy" README.md && echo "$n" >>"$HOME/saved"; fi
      rm .git/index.lock
      sleep 0.01
    done
  }
  edits 3>&- &
  local other=$!
  writer 1 3>&-
  until [ -s "$HOME/saved" ]; do sleep 0.05; done # a busy machine may not have let it
  : >"$HOME/done" && wait "$other"
  [ ! -s "$HOME/errors" ] || { cat "$HOME/errors"; return 1; }
  [ "$(grep -c '| done |' README.md)" -eq "$(sets)" ]
  while read -r n; do grep -x "Line $n." README.md >/dev/null; done <"$HOME/saved"
  git show HEAD:README.md | (! grep Line)
}
