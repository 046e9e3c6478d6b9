# What two texts say decides, not their hash: a program in which two texts have one hash, whatever
# the seed (RMK_TWINS in lib/base/str.c), takes neither for the other. At the worst it does not know a
# row again that another one of its hash stands beside.

load common
load repo

A=7fo555i1b85hhxoo B=7hqg3tud8juo8owc

setup() {
  common_setup
  declared=
  twins=$(dirname "$ROWMARK")/twins/rowmark
  [ -x "$twins" ] || skip "not built: make units"
}

version() { # MESSAGE ROW...: a commit whose table holds these rows
  local message=$1
  shift
  { printf '# Tasks\n\n%s| Task | Status | Link |\n|---|---|---|\n' "$declared" && printf '| %s |\n' "$@"; } >list.md
  git add list.md && git commit -qm "$message"
}

# One of them, then the other, then both, in two columns; names that go to and fro.
tasks() {
  fresh
  version one "$A | Todo | x" "c | Todo | $B"
  version two "$B | Todo | x" "c | Done | $B"
  version three "$B | Doing | x" "$A | Todo | x" "c | Done | $A"
  version four "$A | Done | x" "$B | Doing | x" "c | $A | $B"
  version five "$B | Done | x" "$A | Done | x" "c | $B | $B"
}

same() { # WORD...: the two programs print the same and end alike
  local want=0 got=0
  "$ROWMARK" "$@" >"$HOME/want" 2>&1 || want=$?
  "$twins" "$@" >"$HOME/got" 2>&1 || got=$?
  echo "exit $want" >>"$HOME/want"
  echo "exit $got" >>"$HOME/got"
  diff "$HOME/want" "$HOME/got" || { echo "rowmark $*"; return 1; }
}

careful() { # WORD...: at the worst a row that was changed is gone and another is there
  "$ROWMARK" "$@" >"$HOME/want" 2>&1 || true
  "$twins" "$@" >"$HOME/got" 2>&1 || true
  ! grep -vxFf "$HOME/want" "$HOME/got" | grep -vE ' (added|removed)$|^ *[-+] |[0-9] rows? (added|removed)' || { echo "rowmark $*"; return 1; }
}

@test "two keys of one hash: history, check, sql the same, log and diff with care" {
  tasks
  for words in 'history list.md' 'history --format csv list.md' 'check list.md' 'ls' 'summary list.md' \
    "show $A list.md" "show $B list.md"; do
    # shellcheck disable=SC2086
    same $words
  done
  for words in 'log list.md' 'blame list.md' 'diff HEAD~4 HEAD' 'diff HEAD~3 HEAD~2' 'diff HEAD~2 HEAD~1' 'diff HEAD~1 HEAD' \
    'diff HEAD HEAD~1' 'diff HEAD~4 HEAD~3'; do
    # shellcheck disable=SC2086
    careful $words
  done
  same sql "SELECT task, status, count(*) FROM tasks GROUP BY task, status ORDER BY 1, 2" list.md
}

@test "two keys of one hash: a declared key is held by its text" {
  fresh
  declared=$'<!-- rowmark: key=Task, Status=Todo|Done -->\n'
  version one "$A | Todo | x" "$B | Done | x"
  same check list.md
  version two "$A | Todo | x" "$A | Done | x" "$B | Done | x"
  same check list.md
  git checkout -q HEAD~1
  "$twins" set "$B" Todo list.md
  [ "$(git diff HEAD~1 HEAD | grep '^[-+]|')" = "$(printf -- '-| %s | Done | x |\n+| %s | Todo | x |' $B $B)" ]
}

@test "two keys of one hash: a merge makes no row of two" {
  tasks
  for n in 3 2 1; do
    git show HEAD~4:list.md >base && git show "HEAD~$n:list.md" >ours && git show HEAD:list.md >theirs
    for first in base ours; do
      "$twins" merge --stdout "$first" ours theirs >"$HOME/got" 2>/dev/null || [ $? -eq 1 ]
      ! grep -vxFf <(cat base ours theirs) "$HOME/got" | grep -vE '^(<<<<<<<|=======|>>>>>>>)'
    done
  done
}
