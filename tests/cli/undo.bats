# undo: the newest commit of tables alone goes back, as a new commit.

load common
load repo

@test "every writing command, and its bytes are back" {
  papers
  printf '## Courses\n\n- [x] One: a note\n- [ ] Two\n' >>README.md
  git commit -qam more
  cp README.md "$HOME/want"
  for words in 'set lima Reading' 'start lima' 'done lima' 'add Paper=New' 'rm lora' 'set lima lora Read' \
    'rm --where Status=Reading' 'adopt README.md#courses' 'sort README.md --by -Paper'; do
    # shellcheck disable=SC2086 # words
    rowmark $words >/dev/null
    ! cmp -s README.md "$HOME/want" || { echo "$words: nothing changed"; return 1; }
    rowmark undo >/dev/null
    cmp README.md "$HOME/want" || { echo "$words"; return 1; }
    is_clean
  done
}

@test "twice takes back two, and an undo is undone by its name" {
  papers
  rowmark set -q lima Reading
  rowmark set -q lora Read
  expect 0 rowmark undo <<'OUT'
README.md#papers
  ~ LoRA  Status: Read -> Not read
[main f1cd577] Undo "LoRA: Not read -> Read"
OUT
  rowmark undo -q
  list | cmp - README.md
  [ "$(git log -1 --format=%s)" = 'Undo "LIMA: Not read -> Reading"' ]
  refused 'nothing to undo' rowmark undo
  rowmark undo HEAD~1 -q
  grep -q 'LoRA | Read' README.md
  [ "$(git log -1 --format=%s)" = 'Redo "LoRA: Not read -> Read"' ]
  rowmark undo -q # what was done again stands, and is the newest
  grep -q 'LoRA | Not read' README.md
}

@test "what else was changed, committed, staged or not, stays" {
  papers
  rowmark set -q lima Reading
  rowmark set -q lora Read
  git config user.email other@example.org
  sed -i 's/The end/The very end/' README.md
  echo two >other
  git add other
  rowmark undo -q HEAD~1
  git show HEAD:README.md | grep -q 'LIMA | Not read'
  git show HEAD:README.md | grep -q 'LoRA | Read'
  git show HEAD:README.md | grep -q 'The end'
  grep -q 'The very end' README.md
  [ "$(git status --porcelain)" = $'M  other\n M README.md' ] ||
    [ "$(git status --porcelain)" = $' M README.md\nM  other' ]
}

@test "a cell that changed since is named, and nothing is written" {
  papers
  rowmark set -q lima Reading
  rowmark set -q lima Read
  refused 'README.md#papers LIMA: Status' rowmark undo HEAD~1
}

@test "commits of others, of more than tables, and merges are not the newest" {
  papers
  rowmark set -q lima Reading
  echo more >>README.md && git commit -qam 'text'
  GIT_AUTHOR_EMAIL=bob@example.org rowmark set -q lora Read
  rowmark undo -q
  grep -q 'LIMA | Not read' README.md
  grep -q 'LoRA | Read' README.md
  refused 'changed more than tables' rowmark undo HEAD~2
  refused 'nothing to undo' rowmark undo
}

@test "by hand or by rowmark: what counts is what changed" {
  papers
  sed -i 's/LIMA | Not read/LIMA | Read/' README.md
  git commit -qam 'By hand'
  rowmark undo -q
  list | cmp - README.md
}

@test "-n prints the diff, --no-commit writes the file" {
  papers
  rowmark set -q lima Reading
  rowmark undo -n | grep -qx -- '+| LIMA | Not read |'
  grep -q 'LIMA | Reading' README.md
  rowmark undo --no-commit -q
  list | cmp - README.md
  [ "$(git rev-list --count HEAD)" -eq 2 ]
}

@test "a file that was made goes again, with what else is staged left as it is" {
  papers
  rowmark new -q list.md Paper 'Status: todo < done'
  echo two >other && git add other
  rowmark undo -n | grep -qxF -- '-| Paper | Status |'
  [ -e list.md ]
  expect 0 rowmark undo <<'OUT'
list.md  is gone
[main bba858a] Undo "Add the table List"
OUT
  [ ! -e list.md ]
  [ "$(git diff --cached --name-only)" = other ]
  [ "$(git show --name-status --format= HEAD)" = $'D\tlist.md' ]
  # Twice takes back what was before it; what changed since is not taken.
  git commit -qm other
  rowmark new -q more.md Paper 'Status: todo < done'
  rowmark add -q LIMA more.md
  refused 'changed since' rowmark undo HEAD~1
  rowmark undo -q
  rowmark undo -q
  [ ! -e more.md ]
  # A hook that refuses leaves it where it is.
  rowmark new -q more.md Paper 'Status: todo < done'
  hook pre-commit <<<'exit 1'
  run rowmark undo
  [ "$status" -eq 2 ] && [ -e more.md ]
  git diff --exit-code HEAD
  git diff --exit-code --cached HEAD
  # What a killed undo left half done is finished by the next.
  rm .git/hooks/pre-commit
  rm more.md
  rowmark undo -q
  git diff --exit-code HEAD
  rowmark new -q more.md Paper 'Status: todo < done'
  git rm -q more.md
  rowmark undo -q
  git diff --exit-code HEAD
  # What holds more than tables without rows was written by hand.
  printf '# T\n\nWords.\n\n| A |\n|---|\n| 1 |\n' | commit_file words.md
  refused 'changed more than tables' rowmark undo HEAD
  printf '| A |\n|---|\n| 1 |\n' | commit_file rows.md
  refused 'changed more than tables' rowmark undo HEAD
}

@test "undo follows a file that was renamed since, and says what it cannot take back" {
  papers
  rowmark set -q lima Reading
  git mv README.md list.md && git commit -q -m renamed
  rowmark undo -q
  grep -q 'LIMA | Not read' list.md
  [ ! -e README.md ]
  is_clean
  rowmark set -q lima Reading
  git rm -q list.md && git commit -q -m gone
  run rowmark undo
  [ "$status" -eq 2 ]
  [[ $output == *'(LIMA: Not read -> Reading) cannot be taken back: '*'list.md is gone'* ]]
}
