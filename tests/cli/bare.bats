# Bare repositories: no worktree, no index; HEAD's files are read, and only commits made.

load common
load repo

# bare.git beside a clone of it; the list stands in both.
bare() { # [file]
  git config --global safe.bareRepository all # git 3.0 wants each one named
  papers "$@"
  mv ../repo ../clone
  git clone -q --bare ../clone ../bare.git
  cd ../bare.git
}

# What git plumbing makes of the same change: the commit's bytes but for its id.
plumbed() { # git folder, file, message
  local blob tree
  blob=$(git --git-dir="$1" show "HEAD:$2" | sed 's/^| LoRA | Not read |/| LoRA | Read |/' | git --git-dir="$1" hash-object -w --stdin)
  (
    export GIT_INDEX_FILE=$HOME/plumbing
    git --git-dir="$1" read-tree HEAD
    git --git-dir="$1" update-index --cacheinfo "100644,$blob,$2"
    git --git-dir="$1" write-tree
  ) >"$HOME/tree"
  rm "$HOME/plumbing"
  tree=$(cat "$HOME/tree")
  git --git-dir="$1" commit-tree -p HEAD -m "$3" "$tree"
}

same_as_plumbing() { # file, command...
  local file=$1 want
  shift
  want=$(plumbed "$HOME/bare.git" "$file" 'LoRA: Not read -> Read')
  "$@"
  [ "$(git --git-dir="$HOME/bare.git" rev-parse refs/heads/main)" = "$want" ]
  git --git-dir="$HOME/bare.git" fsck --strict 2>&1 | (! grep -v '^notice')
}

@test "inside one: the commit is what git's plumbing makes, and nothing else is written" {
  bare
  files() { find . \( -path ./objects -o -path ./reftable \) -prune -o -type f ! -name packed-refs -print | sort; }
  files >"$HOME/files"
  same_as_plumbing README.md rowmark set LoRA Read
  files | diff "$HOME/files" - >"$HOME/new" || :
  [ -e reftable ] || [ "$(grep '^[<>]' "$HOME/new")" = '> ./refs/heads/main' ]
  [ ! -e reftable ] || [ ! -s "$HOME/new" ]
  [ -z "$(git reflog 2>/dev/null)" ]
}

@test "by --git-dir, by GIT_DIR, from a folder inside, by REV:PATH" {
  bare
  cd "$HOME"
  same_as_plumbing README.md rowmark --git-dir=bare.git set LoRA Read README.md
  GIT_DIR=bare.git rowmark set LIMA Read
  rowmark set --git-dir "$HOME/bare.git" RoPE Read
  (cd bare.git/refs && rowmark set QLoRA Reading README.md)
  (cd bare.git && rowmark set LoRA Reading HEAD:README.md)
  [ "$(git --git-dir=bare.git rev-list --count HEAD)" = 6 ]
  git --git-dir=bare.git log -1 --format=%s | grep -x 'LoRA: Read -> Reading'
}

@test "the repository that is named is meant, not the file that lies here" {
  bare
  cd "$HOME" && list >README.md && cp README.md old.md
  rowmark --git-dir=bare.git set LoRA Read README.md
  cmp README.md old.md
  git --git-dir=bare.git show HEAD:README.md | grep -x '| LoRA | Read |'
  cd bare.git
  rowmark show ../README.md LoRA | grep 'Not read'
  run rowmark set LoRA Read ../README.md
  [ "$status" -eq 2 ]
  [[ $output == *"is no file of the bare repository"* ]]
  cmp ../README.md ../old.md
}

@test "a file in a folder, and a folder's configuration of the same commit" {
  bare 'docs/a list.md'
  cd ../clone && mkdir -p docs && printf '[commit]\nmessage = {file} {new}\n' >.rowmark.ini
  git add . && git commit -q -m ini && git push -q ../bare.git main
  cd ../bare.git
  rowmark set LoRA Read 'docs/a list.md' >"$HOME/said"
  [ "$(git log -1 --format=%s)" = 'docs/a list.md Read' ]
  [ "$(git diff --name-only HEAD~1 HEAD)" = 'docs/a list.md' ]
  head -1 "$HOME/said" | grep -x 'docs/a list.md#papers  LoRA'
}

@test "a log of the branch that exists is kept up; core.logAllRefUpdates makes one" {
  bare
  git config core.logAllRefUpdates true
  rowmark set LoRA Read
  git reflog main | grep -x '[0-9a-f]* main@{0}: commit: LoRA: Not read -> Read'
  git config --unset core.logAllRefUpdates
  rowmark set LIMA Read
  git reflog main | grep -x '[0-9a-f]* main@{0}: commit: LIMA: Not read -> Read'
}

@test "every command that reads reads HEAD" {
  bare
  git -C ../clone rm -q --cached other
  expect 0 rowmark ls <<'OUT'
TABLE             ROWS  COLUMNS  KEY    STATUS  DONE
README.md#papers     4        2  Paper  Status  1 of 4
OUT
  rowmark show README.md LoRA | grep 'Not read'
  rowmark check
  rowmark summary README.md#papers | grep '1 of 4'
  rowmark summary | grep '1 of 4'
  rowmark next | grep RoPE
  rowmark log LoRA | grep added
  rowmark blame README.md | grep QLoRA
  rowmark history | grep '1 of 4'
  rowmark schema show | grep Status
  rowmark report -o "$HOME/report.html" && grep -q QLoRA "$HOME/report.html"
  [ "$(rowmark sql --format csv 'SELECT count(*) FROM papers' | tail -n 1)" = 4 ]
  rowmark --git-dir=. ls -q :README.md 2>&1 | grep 'no such file in the index'
  rowmark set LoRA Read -q
  rowmark diff HEAD~1 HEAD | grep 'LoRA'
}

@test "links are looked for in the commit's tree" {
  bare
  cd ../clone && printf '\n| A | Link |\n|---|---|\n| x | [there](other) |\n| y | [not](nowhere) |\n' >>README.md
  git commit -q -a -m links && git push -q ../bare.git main && cd ../bare.git
  touch nowhere
  run rowmark check
  [[ $output == *missing-path* ]]
  [ "$(grep -c missing-path <<<"$output")" = 1 ]
}

@test "add, rm, start, done, sql, a batch, adopt" {
  bare
  rowmark add Paper=GPT-3 README.md
  rowmark rm QLoRA
  rowmark start LIMA
  rowmark done RoPE
  rowmark sql "UPDATE papers SET Status = 'Read' WHERE Paper = 'LoRA'"
  printf 'GPT-3\tReading\nLIMA\tRead\n' | rowmark set --batch
  git show HEAD:README.md | diff - <(printf '# Papers\n\n| Paper | Status |\n|---|---|\n| LIMA | Read |\n| LoRA | Read |\n| RoPE | Read |\n| GPT-3 | Reading |\n\nThe end.\n')
  [ "$(git rev-list --count HEAD)" = 7 ]
  git fsck --strict 2>&1 | (! grep -v '^notice')
}

refuses() { # words, command...
  local words=$1
  shift
  run "$@"
  [ "$status" -eq 2 ]
  [[ $output == *"$words"* ]] || { echo "$output"; return 1; }
  [ "$(git rev-list --count HEAD)" = 1 ]
}

@test "what needs a file or an index is refused" {
  bare
  refuses 'has neither files nor an index' rowmark set LoRA Read --no-commit
  refuses 'has neither files nor an index' rowmark set LoRA Read --stage
  refuses 'has neither files nor an index' rowmark set LoRA Read -n --stage
  refuses 'name two commits' rowmark diff
  refuses 'name two commits' rowmark diff HEAD
  refuses 'HEAD~0:README.md: cannot be written' rowmark set LoRA Read HEAD~0:README.md
  refuses 'no such file in that commit' rowmark set LoRA Read none.md
  refuses "no row 'Nobody'" rowmark set Nobody Read
  refuses 'run it in' rowmark install
  printf '| A | B |\n|--|--|\n| longer | x |\n' >../clone/b.md
  git -C ../clone add b.md && git -C ../clone commit -q --amend --no-edit && git -C ../clone push -q -f ../bare.git main
  refuses 'fmt writes the file alone' rowmark fmt
}

@test "a branch that a worktree has checked out is refused there, and written in the worktree" {
  bare
  git worktree add -q ../work main
  refuses 'main is checked out in a worktree' rowmark set LoRA Read
  refuses 'main is checked out in a worktree' rowmark set LoRA Read -n
  cd ../work
  rowmark set LoRA Read
  is_clean
  git checkout -q --detach && cd ../bare.git
  rowmark set LIMA Read
  [ "$(git rev-list --count main)" = 3 ]
}

@test "-n shows the diff, and writes nothing" {
  bare
  rowmark set LoRA Read -n | grep -x '+| LoRA | Read |'
  [ "$(git rev-list --count HEAD)" = 1 ]
}

@test "hooks run in the git folder; reference-transaction may refuse" {
  bare
  mkdir -p hooks && printf '#!/bin/sh\npwd >../seen\ngit diff --cached --name-only >>../seen\n' >hooks/pre-commit && chmod +x hooks/pre-commit
  rowmark set LoRA Read
  diff ../seen <(printf '%s\nREADME.md\n' "$HOME/bare.git")
  printf '#!/bin/sh\nexit 1\n' >hooks/reference-transaction && chmod +x hooks/reference-transaction
  run rowmark set LIMA Read
  [ "$status" -eq 2 ]
  [ "$(git rev-list --count HEAD)" = 2 ]
}

@test "two at once both land" {
  bare
  for p in LIMA LoRA RoPE; do rowmark set "$p" Read -q 3>&- & done
  wait
  [ "$(git show HEAD:README.md | grep -c '| Read |')" = 4 ]
  [ "$(git rev-list --count HEAD)" = 4 ]
  [ -z "$(find . -name '*.lock')" ]
}

@test "--git-dir of a repository with a worktree: the current folder is the worktree, as for git" {
  papers
  cd "$HOME" && mkdir work && cp repo/README.md work
  cd work
  rowmark --git-dir=../repo/.git set LoRA Read README.md
  grep -x '| LoRA | Read |' README.md
  grep -x '| LoRA | Not read |' ../repo/README.md
  git --git-dir=../repo/.git diff --quiet -- README.md
  cd .. && GIT_DIR=repo/.git GIT_WORK_TREE=repo rowmark set LIMA Read repo/README.md
  (cd repo && git show HEAD:README.md | grep -x '| LIMA | Read |')
  # A linked worktree has a HEAD of its own.
  (cd repo && git worktree add -q ../linked -b linked)
  cd linked
  main=$(git rev-parse main)
  GIT_DIR=$(git rev-parse --absolute-git-dir) GIT_WORK_TREE=$PWD rowmark set RoPE Read README.md
  git show linked:README.md | grep -x '| RoPE | Read |'
  [ "$(git rev-parse main)" = "$main" ]
  run rowmark --git-dir=nowhere ls
  [ "$status" -eq 2 ]
  [[ $output == *nowhere* ]]
}

@test "a folder means the Markdown files below it, as in a worktree" {
  bare docs/list.md
  cd "$HOME"
  export GIT_DIR=bare.git
  rowmark ls >"$HOME/all"
  for folder in docs docs/ ./docs .; do
    rowmark ls $folder | diff "$HOME/all" -
  done
  rowmark history docs | grep -q '^docs/list.md'
  run rowmark ls another
  [ "$status" -eq 2 ]
  [[ $output == *'no such file in that commit'* ]]
}
