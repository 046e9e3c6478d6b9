# Repositories for the tests of commits, and what git says of them. Loaded after common.

# A small list, on standard output.
list() {
  printf '# Papers\n\n| Paper | Status |\n|---|---|\n| LIMA | Not read |\n| LoRA | Not read |\n'
  printf '| RoPE | Reading |\n| QLoRA | Read |\n\nThe end.\n'
}

# A repository with the list committed as FILE (README.md), entered.
papers() { # [file]
  local file=${1:-README.md}
  fresh
  mkdir -p "$(dirname "$file")"
  list >"$file"
  echo one >other
  git add .
  git commit -q -m first
}

# The same with the list in a folder, beside others.
deep() {
  fresh
  mkdir -p a/b/c d
  list >a/b/c/README.md
  echo x >a/x && echo y >a/b/y && echo z >d/z
  git add . && git commit -q -m first
}

# Everything git can tell of the state here.
told() {
  git rev-parse HEAD && git cat-file commit HEAD && git ls-files -s && git ls-tree -r HEAD
  git status --porcelain=v2 --branch
  git diff && git diff --cached
  git reflog | cat
  git reflog show "$(git symbolic-ref -q HEAD || echo HEAD)" | cat
  git log --format=raw
}

# twin SETUP FILE [rowmark arguments...]: in two equal repositories, made by SETUP, LoRA is
# set to Read: in one by rowmark, in the other by sed and git commit -- FILE. Then git
# tells the same of both, byte for byte. TWIN holds further arguments of git commit.
twin() {
  local setup=$1 file=$2
  shift 2
  (cd "$HOME" && mkdir ours && cd ours && "$setup")
  (cd "$HOME" && mkdir gits && cd gits && "$setup")
  cd "$HOME/gits/repo" || return 1
  sed -i 's/^| LoRA | Not read |/| LoRA | Read |/' "$file"
  git commit -q "${TWIN[@]:--mLoRA: Not read -> Read}" -- "$file"
  told >"$HOME/want"
  cd "$HOME/ours/repo" || return 1
  rowmark set LoRA Read "$@" "$file"
  told >"$HOME/got"
  diff -u "$HOME/want" "$HOME/got" || return 1
  git fsck --strict --no-dangling 2>&1 | (! grep .)
}

# The change, and nothing else, from HEAD~1 to HEAD.
is_our_line() { # [file]
  git diff HEAD~1 HEAD | grep -E '^[-+][^-+]' >"$HOME/lines"
  printf -- '-| LoRA | Not read |\n+| LoRA | Read |\n' | diff -u - "$HOME/lines"
  [ "$(git diff --name-only -z HEAD~1 HEAD | tr -d '\0')" = "${1:-README.md}" ]
}

# refused WORDS COMMAND...: fails, says WORDS on one line, writes nothing. (git, too, leaves
# the message of a commit that failed in COMMIT_EDITMSG.)
refused() {
  local words=$1 status=0
  shift
  state | grep -v COMMIT_EDITMSG >"$HOME/before"
  "$@" >"$HOME/said" 2>&1 || status=$?
  [ "$status" -eq 2 ] || { echo "exit status $status"; cat "$HOME/said"; return 1; }
  grep -F -- "$words" "$HOME/said" || { cat "$HOME/said"; return 1; }
  state | grep -v COMMIT_EDITMSG | diff "$HOME/before" -
}

# An executable hook, from standard input.
hook() { # name
  mkdir -p .git/hooks
  { echo '#!/bin/sh'; cat; } >".git/hooks/$1"
  chmod +x ".git/hooks/$1"
}
