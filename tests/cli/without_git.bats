# Where there is no git program: what reads prints what it prints where there is one, or refuses.

load common

# The word of a command that there is no git for.
without_git() {
  mkdir -p "$HOME/bin"
  ln -sf "$ROWMARK" "$HOME/bin/rowmark"
  PATH=$HOME/bin "$@"
}

libgit2_alone() {
  [ -z "${ROWMARK_ENGINE:-}${ROWMARK_TEST_PROFILE:-}" ] || skip "git is the engine"
}

# Output, errors and exit status of every line of standard input, with git and without.
same() {
  local line a b bad=0
  while IFS= read -r line; do
    a=0 b=0
    rm -rf .git/rowmark
    eval "rowmark $line" >"$HOME/a" 2>&1 </dev/null || a=$?
    rm -rf .git/rowmark
    eval "without_git rowmark $line" >"$HOME/b" 2>&1 </dev/null || b=$?
    diff "$HOME/a" "$HOME/b" && [ $a = $b ] || { bad=1 && echo "^ rowmark $line: $a, $b"; }
  done
  return $bad
}

at_day() { # day, words of git commit
  local day=$1
  shift
  GIT_AUTHOR_DATE="2026-01-${day}T03:04:05+0000" GIT_COMMITTER_DATE="2026-01-${day}T03:04:05+0000" \
    git commit -q "$@"
}

# Renamed files, a branch, a map of people, words in Latin 1, what is staged, not tracked and ignored.
all_kinds() {
  reading_list
  mkdir docs sub build
  printf '# D\n\n| T | Status |\n|---|---|\n| a | todo |\n| b | todo |\n' >docs/d.md
  git add . && at_day 03 -m two
  git checkout -q -b side
  sed -i 's/| b | todo/| b | doing/' docs/d.md && at_day 04 -am side
  git checkout -q main
  sed -i 's/| a | todo/| a | done/' docs/d.md
  printf 'caf\351\n' >"$HOME/words"
  GIT_AUTHOR_NAME=Old GIT_AUTHOR_EMAIL=old@example.org at_day 05 -aF "$HOME/words" --cleanup=verbatim
  git -c i18n.commitEncoding=ISO-8859-1 commit -q --amend -F "$HOME/words"
  git mv docs/d.md docs/e.md && at_day 06 -m renamed
  printf 'Countess <ada@example.org> <old@example.org>\n' >.mailmap
  printf '*.log.md\nbuild/\n*/only-folders.md/\n!keep.log.md\n/top.md\n' >.gitignore
  printf '| U | Status |\n|---|---|\n| u | todo |\n| v | x | y |\n' >new.md
  for f in x.log.md keep.log.md build/b.md top.md sub/top.md sub/only-folders.md; do cp new.md "$f"; done
  git init -q inner && cp new.md inner/
  git mv README.md LIST.md
  sed -i 's/LIMA\(.*\)Not read/LIMA\1Reading/' LIST.md
  cp new.md staged.md && git add LIST.md staged.md
}

@test "every command that reads prints the same without git" {
  libgit2_alone
  all_kinds
  same <<'LIST'
ls
ls sub
summary --json
next
check
check --staged
check --staged --whole
check --since HEAD~1
check --since side
fmt --check
schema show
guide
rows
rows --since HEAD~2
rows --since 2026-01-05
log --json
log -n 3 a
blame docs/e.md
history --json
diff --staged
diff side...HEAD
diff HEAD...side
sql 'SELECT count(*) FROM "new.md"'
report -o -
LIST
}

@test "a file in conflict is read without git too" {
  libgit2_alone
  all_kinds
  git commit -qam more && git checkout -q -b other
  sed -i 's/| a | done/| a | todo/' docs/e.md && git commit -qam one
  git checkout -q main
  sed -i 's/| a | done/| a | doing/' docs/e.md && git commit -qam other
  ! git merge -q other >/dev/null || false
  same <<<check
}

# Each line is a file of rules; the files are one of each name in three folders.
@test "what is ignored without git is what git ignores" {
  libgit2_alone
  fresh
  mkdir -p a/b c/foo
  for f in {.,a,a/b,c,c/foo}/{x,y,foobar,'d e','[k]','#q','!z'}.md; do
    printf '| a |\n|---|\n| b |\n' >"$f"
  done
  while IFS= read -r rules; do
    printf "$rules" >.gitignore
    printf '!x.md\n/y.md\n' >a/.gitignore
    same <<<ls || { echo "rules: $rules"; false; }
  done <<'RULES'
*/
**/
*.md\n!a/
*.md\n!a/x.md
/*\n!/a
a/**
a/**/x.md
**/b
a**\nfoo**bar.md
[xy].md
[!x].md
[[:alpha:]].md
[a-
\\[k\\].md
\\#q.md\n\\!z.md\n#c
d\\ e.md\nx.md \ny.md\\ 
x.md\r\nfoo
?.md\n!/a/b/x.md
c/foo/\n!c/foo/x.md
RULES
}

@test "what only git knows is refused without git" {
  libgit2_alone
  reading_list
  GIT_DIR=$PWD/.git run without_git rowmark ls
  [ "$status" -eq 2 ]
  [[ $output == *'GIT_DIR: only git knows what that says, and there is no git program'* ]]
  git config extensions.worktreeConfig true
  git config --worktree core.sparseCheckout false
  without_git rowmark ls >/dev/null
  git config --worktree core.worktree "$HOME"
  run without_git rowmark ls
  [ "$status" -eq 2 ]
  [[ $output == *'config.worktree: only git knows'*'hint: install git'* ]]
}

@test "without git: words in an encoding that is not known are said to stay" {
  libgit2_alone
  reading_list
  sed -i 's/LIMA\(.*\)Not read/LIMA\1Read/' README.md
  printf '\340\341' | git -c i18n.commitEncoding=KOI8-R commit -q -a -F -
  run without_git rowmark log lima
  [ "$status" -eq 0 ]
  [[ $output == *'some are as the commits hold them'* ]]
}
