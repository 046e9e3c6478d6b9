# Branches merged by row, in no worktree.

load common
load repo

# main and topic, each with a row changed, beside each other.
parted() {
  papers
  git checkout -q -b topic
  rowmark set -q lima Reading
  git checkout -q main
  rowmark set -q lora Read
}

@test "a branch lands on the one that is checked out; index and file follow" {
  parted
  rowmark land topic --onto main >"$HOME/said"
  grep -x 'topic: landed on main as .......' "$HOME/said"
  [ "$(git log -1 --format=%s)" = "Merge branch 'topic'" ]
  [ "$(git rev-list --count --merges main)" = 1 ]
  grep -F '| LIMA | Reading |' README.md
  grep -F '| LoRA | Read |' README.md
  is_clean
  git reflog -1 | grep 'land: 1 branch'
  expect 0 rowmark land topic --onto main <<'E'
topic: is in main already
E
}

@test "what is staged and edited in tables and beside them is kept" {
  parted
  git checkout -q topic
  echo new >new && rm other && git add -A && git commit -q -m new
  git checkout -q main
  touch -d 2020-01-01 other # touched is not edited
  cp other copy && mv copy other
  rowmark set -q rope Read --stage
  rowmark set -q qlora Reading --no-commit
  echo mine >mine
  rowmark land -q topic --onto main
  git diff --cached | grep '^[-+]|' >"$HOME/staged"
  printf -- '-| RoPE | Reading |\n+| RoPE | Read |\n' | diff - "$HOME/staged"
  git diff README.md | grep '^[-+]|' >"$HOME/edited"
  printf -- '-| QLoRA | Read |\n+| QLoRA | Reading |\n' | diff - "$HOME/edited"
  [ ! -e other ] && [ -e mine ]
  [ "$(cat new)" = new ]
  git show main:README.md | grep -F '| LIMA | Reading |'
}

@test "another file that is edited and would change: refused, and nothing is changed" {
  parted
  git checkout -q topic
  echo theirs >other && git commit -q -a -m other
  git checkout -q main
  echo dirty >other
  refused 'git cannot bring the other files along' rowmark land topic --onto main
}

@test "an edited row that the branch changes too: refused" {
  parted
  rowmark set -q lima Read --no-commit
  refused 'README.md#papers LIMA: the worktree has an edit of what came' rowmark land topic --onto main
}

@test "bare, with nothing installed and no attributes" {
  parted
  git clone -q --bare . ../bare.git
  cd ../bare.git
  export GIT_DIR=. # a bare repository may have to be named
  rowmark land topic --onto main
  git show main:README.md | grep -F '| LIMA | Reading |'
  git show main:README.md | grep -F '| LoRA | Read |'
  git fsck --strict --no-dangling
  [ -z "$(find . -name '.merge_file_*')" ]
}

@test "rows that need a person: listed, exit status 1, nothing moves" {
  parted
  git checkout -q -b other main
  rowmark set -q lima Read
  git checkout -q main
  rowmark land -q topic --onto main
  before=$(git rev-parse main)
  expect 1 rowmark land other --onto main <<'E'
other: cannot be landed; ours is main, theirs is the branch:
  README.md#papers LIMA: Status: ours has 'Reading', theirs has 'Read'
E
  [ "$(git rev-parse main)" = "$before" ]
  run rowmark land other --onto main --dry-run --json
  [ "$status" -eq 1 ]
  [ "$(jq -r '.mergeable, .branches[0].state, .branches[0].obstacles[0].where' <<<"$output" | tr '\n' '|')" = 'false|blocked|#papers LIMA|' ]
  is_clean
}

@test "all branches or none" {
  parted
  git checkout -q -b clash main~
  rowmark set -q lora Reading
  git checkout -q main
  before=$(git rev-parse main)
  run rowmark land topic clash --onto main
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'topic: can be landed on main' ]]
  [ "$(git rev-parse main)" = "$before" ]
  is_clean
}

@test "--squash is one commit of the branch's author, --rebase makes its commits anew" {
  parted
  git checkout -q topic
  GIT_AUTHOR_NAME=Bob GIT_AUTHOR_EMAIL=bob@example.org git commit -q --amend --no-edit --reset-author
  git checkout -q main
  git branch again
  rowmark land -q topic --onto main --squash
  [ "$(git log -1 --format='%an|%cn|%s')" = 'Bob|Ada|LIMA: Not read -> Reading' ]
  [ "$(git rev-list --count main)" = 3 ]
  rowmark land -q topic --onto again --rebase
  [ "$(git log -1 --format='%an|%s' again)" = 'Bob|LIMA: Not read -> Reading' ]
  [ "$(git rev-list --count --merges again)" = 0 ]
  git diff --exit-code main again
  is_clean
}

@test "--verify runs in a worktree of the result before the branch moves" {
  parted
  before=$(git rev-parse main)
  run rowmark land topic --onto main --verify 'grep -q "| LIMA | Reading |" README.md && exit 7'
  [ "$status" -eq 1 ]
  [[ $output == *'not landed'* ]]
  [ "$(git rev-parse main)" = "$before" ]
  [ "$(git worktree list | wc -l)" = 1 ]
  rowmark land -q topic --onto main --verify 'rowmark check -q --since main'
  [ "$(git rev-parse main~)" = "$before" ]
  is_clean
}

@test "a branch that is not there, and one that is checked out elsewhere" {
  parted
  rowmark land -q topic --onto topic # makes the folder in .git that stays
  refused 'nobody: is no commit' rowmark land nobody --onto main
  refused "there is no branch 'nobody'" rowmark land topic --onto nobody
  git worktree add -q ../linked -b side
  rowmark land -q topic --onto side
  grep -F '| LIMA | Reading |' ../linked/README.md
  [ -z "$(git -C ../linked status --porcelain)" ]
  is_clean
}

@test "what would break a declaration that neither side breaks does not land" {
  fresh
  rowmark new a.md T 'S: x < y < z' -q && rowmark add q -q && rowmark add p -q
  git switch -q -c topic
  rowmark rename S=y Y2 -q
  git switch -q main
  rowmark start q -q
  for way in "" --squash --rebase; do
    expect 1 rowmark land topic --onto main $way <<'E'
topic: cannot be landed; ours is main, theirs is the branch:
  a.md#a q: 'y' is no value of 'S' [constraint-enum]
E
  done
  is_clean
}
