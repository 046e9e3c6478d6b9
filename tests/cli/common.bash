# What every command-line test stands on: load it with `load common`.
#
# Each test has a folder of its own, which is its home too: git reads its settings there, as
# it does for a person. Clock, zone, author and locale are fixed, so that commit ids come out
# the same everywhere. ROWMARK_TEST_ENGINE=git runs all of them with git as the engine;
# ROWMARK_TEST_PROFILE=git3 with what git 3.0 makes of itself: there ids are longer, and masked
# where output is compared whole.

common_setup() {
  TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  ROWMARK=${ROWMARK:-$TOP/build/rowmark}
  PATH="$(dirname "$ROWMARK"):$PATH"
  unset "${!GIT_@}" XDG_CONFIG_HOME ROWMARK_ENGINE NO_COLOR CLICOLOR_FORCE COLUMNS PAGER LESS GITHUB_ACTIONS
  export TOP ROWMARK PATH HOME=$BATS_TEST_TMPDIR TERM=dumb LC_ALL=C.UTF-8 TZ=UTC
  export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org
  export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
  export GIT_AUTHOR_DATE='2026-01-02T03:04:05+0000'
  export GIT_COMMITTER_DATE='2026-01-02T03:04:05+0000'
  export SOURCE_DATE_EPOCH=1767409445 # a day later
  # tests/mutate wants to know which lines this test reaches.
  [ -z "${ROWMARK_COUNTS:-}" ] || export GCOV_PREFIX=$ROWMARK_COUNTS/$BATS_TEST_NUMBER
  [ -z "${ROWMARK_TEST_ENGINE:-}" ] || export ROWMARK_ENGINE=$ROWMARK_TEST_ENGINE
  printf '[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n\tsparseIndexExpanded = false\n' >"$HOME/.gitconfig"
  [ "${ROWMARK_TEST_PROFILE:-}" != git3 ] || git_3
  cd "$BATS_TEST_TMPDIR" || return 1
}

git_3() {
  git config --global init.defaultObjectFormat sha256
  git config --global init.defaultRefFormat reftable
  git config --global safe.bareRepository explicit
}

# Names of objects, in the profile whose names are other ones.
masked() {
  if [ "${ROWMARK_TEST_PROFILE:-}" = git3 ]; then sed -E 's/\b[0-9a-f]{7,64}\b/ID/g'; else cat; fi
}

setup() {
  common_setup
}

# A new repository, entered.
fresh() {
  git init -q repo
  cd repo || return 1
}

# A new repository that holds the example reading list.
reading_list() {
  fresh
  cp "$TOP/examples/reading-list/README.md" .
  git add README.md
  git commit -q -m 'A reading list'
}

# Write standard input to a file and commit it: commit_file NAME [MESSAGE]
commit_file() {
  cat >"$1"
  git add "$1"
  git commit -q -m "${2:-$1}"
}

# expect STATUS COMMAND...: what it prints, errors included, is standard input, whole. The
# test's own folder is written "~" there.
expect() {
  local want=$1 status=0
  shift
  masked >"$BATS_TEST_TMPDIR/want"
  "$@" >"$BATS_TEST_TMPDIR/raw" 2>&1 </dev/null || status=$?
  sed "s|$BATS_TEST_TMPDIR|~|g" "$BATS_TEST_TMPDIR/raw" | masked >"$BATS_TEST_TMPDIR/got"
  diff -u "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got" || return 1
  [ "$status" -eq "$want" ] || { echo "exit status $status, wanted $want"; return 1; }
}

# Nothing stands dirty or staged, and the repository is sound.
is_clean() {
  local status
  status=$(git status --porcelain)
  [ -z "$status" ] || { echo "$status"; return 1; }
  git fsck --strict --no-dangling 2>&1 | (! grep .)
}

# All that a command could have written: refs, index, worktree.
state() {
  git rev-parse HEAD 2>&1 || :
  git ls-files --stage 2>&1 || :
  find . -path ./.git/objects -prune -o -type f -print0 | sort -z | xargs -0 cksum
}

# as_json COMMAND...: its output, laid out by jq.
as_json() {
  "$@" | jq -S .
}

# Packages of npm, in a folder that stays between runs; skipped where there is no npm, or
# no network the first time.
npm_has() {
  NPM=$TOP/build/npm
  command -v npm >/dev/null || skip "no npm here"
  mkdir -p "$NPM"
  # One at a time: two in one folder take each other's packages away.
  (
    flock 9
    cd "$NPM" && { [ -d "node_modules/$1" ] ||
      timeout 120 npm install --prefix . --silent --no-audit --no-fund "$1" >/dev/null 2>&1; }
  ) 9>"$NPM/lock" || skip "npm cannot install $1"
}
