# mv and archive: rows go to another table, in one commit.

load common
load repo

two() {
  papers
  printf '# Old\n\n> | Status | Paper | Note |\n> |---|:-:|---|\n> |Read|  GPT  | |\n' | commit_file old.md
}

@test "there, and undo brings the bytes back in both files" {
  two
  cp README.md old.md "$HOME"
  expect 0 rowmark mv lora QLoRA old.md <<'OUT'
README.md#papers  LoRA -> old.md#old
README.md#papers  QLoRA -> old.md#old
[main 269a064] Move 2 rows to old.md#old
OUT
  [ "$(tail -2 old.md | tr -d ' ')" = $'>|Notread|LoRA||\n>|Read|QLoRA||' ]
  [ "$(git diff --stat HEAD~1 | tail -1)" = ' 2 files changed, 2 insertions(+), 2 deletions(-)' ]
  is_clean
  rowmark undo -q
  cmp README.md "$HOME/README.md" && cmp old.md "$HOME/old.md"
}

@test "there and back" {
  two
  cp README.md "$HOME"
  rowmark mv -q QLoRA old.md
  rowmark mv -q QLoRA README.md
  cmp README.md "$HOME/README.md"
  is_clean
}

@test "links lead where they led, from another folder too, and back" {
  fresh
  mkdir d
  printf '# A\n\n| P | L |\n|---|---|\n| one | [x](d/i.png) [top](#a) |\n| two | [y](https://a.b) |\n' | commit_file a.md
  printf '# B\n\n| P | L |\n|---|---|\n| three | x |\n' | commit_file d/b.md
  rowmark mv -q two d/b.md -f a.md
  rowmark mv -q one d/b.md -f a.md
  [ "$(tail -1 d/b.md)" = '| one | [x](i.png) [top](../a.md#a) |' ]
  rowmark mv -q one a.md -f d/b.md
  rowmark mv -q two a.md -f d/b.md
  git diff --exit-code HEAD~4 HEAD
  is_clean
}

@test "what cannot go is named, and nothing is written" {
  two
  printf '# T\n\n| Paper | Status | Extra |\n|---|---|---|\n| x | todo | y |\n| LoRA | done | |\n| link | todo | <a href="b.md">b</a> |\n| foot | todo | [^1] |\n' | commit_file t.md
  refused "no column for 'Extra' of 'x'" rowmark mv x README.md
  rowmark mv -q x README.md --drop
  grep -qxF '| x | todo |' README.md
  run rowmark mv lora README.md -f t.md
  [ "$status" -eq 3 ]
  [[ $output == *"there is a row 'LoRA' already"* ]]
  refused 'leans on the file' rowmark mv link README.md --drop
  refused "'[^1] " rowmark mv foot README.md --drop || refused "[^1]" rowmark mv foot README.md --drop
  refused 'where to?' rowmark mv lora
  is_clean
}

@test "a status is spelled as the target declares it; -n writes nothing; a hook sees both" {
  two
  printf '<!-- rowmark: d; State: status = not Read < read -->\n\n| Paper | State |\n|---|---|\n| x | read |\n' | commit_file d.md
  rowmark mv -n QLoRA d.md | grep -qxF '+| QLoRA | read |'
  [ "$(git rev-list --count HEAD)" -eq 3 ]
  hook pre-commit <<'SH'
[ "$(git diff --cached --name-only | wc -l)" -eq 2 ]
SH
  rowmark mv -q QLoRA d.md
  tail -1 d.md | grep -qxF '| QLoRA | read |'
  is_clean
}

@test "archive makes its table, fills it, and undo takes both back" {
  papers
  cp README.md "$HOME"
  rowmark archive -q
  [ "$(tail -5 README.md)" = $'## Archived papers\n\n| Paper | Status |\n|---|---|\n| QLoRA | Read |' ]
  is_clean
  rowmark done -q lima
  expect 0 rowmark archive <<'OUT'
README.md#papers  LIMA -> README.md#archived-papers
[main 2921252] Archive 1 row of README.md#papers
OUT
  expect 0 rowmark archive <<'OUT'
Nothing is done or closed.
OUT
  rowmark undo -q && rowmark undo -q && rowmark undo -q
  cmp README.md "$HOME/README.md"
  printf '| Paper | Status |\n|---|---|\n' | commit_file old.md
  rowmark archive -q --to old.md
  [ "$(tail -1 old.md)" = '| QLoRA | Read |' ]
  is_clean
}

@test "a target that HEAD does not have loses no row" {
  papers
  printf '\n## Other\n\n| Paper | Status |\n|---|---|\n' >>README.md
  refused 'a row would be lost' rowmark mv lora README.md#other -f README.md#papers
  rowmark mv -q --no-commit lora README.md#other -f README.md#papers
  [ "$(tail -1 README.md)" = '| LoRA | Not read |' ]
}

@test "archive --older leaves what became so not long ago" {
  fresh
  printf '| K | Status |\n|---|---|\n| a | done |\n| b | todo |\n| c | done |\n| c | done |\n' | commit_file a.md
  export GIT_AUTHOR_DATE='2026-02-02T00:00:00+0000' GIT_COMMITTER_DATE='2026-02-02T00:00:00+0000' SOURCE_DATE_EPOCH=1770076800
  rowmark done -q b
  expect 0 rowmark archive --older 40d <<'OUT'
Nothing has been done or closed so long.
OUT
  rowmark archive -q --older 30d
  [ "$(rowmark show --format csv --columns K a.md#2 | paste -sd ' ')" = 'K a c c' ]
  run rowmark archive --older soon
  [ "$status" -eq 2 ]
  git reset -q --hard HEAD~1
  rowmark set -q b todo && rowmark done -q b --date 2026-01-01 # the day that blame says
  for older in 32d '32 days' 2026-01-02; do # a and c are of later on that day
    rowmark archive -n --older "$older" | grep -q '^-| b | done |'
  done
  rowmark archive -n --older 4w | grep -q '^+## Archived'
  rowmark archive --older 2026-01-01 | grep -q '^Nothing'
}

@test "archive: a table of other columns under the same heading has an archive of its own" {
  fresh
  printf '# Q\n\n| Task | Status |\n|---|---|\n| a | Todo |\n| b | Done |\n\ntext\n\n| Job | State |\n|---|---|\n| x | Todo |\n| y | Done |\n\ntext\n\n| Task | Status |\n|---|---|\n| c | Done |\n' | commit_file a.md
  cp a.md "$HOME/before"
  rowmark archive -q
  [ "$(rowmark show --format csv --columns Task a.md#archived-q | paste -sd ' ')" = 'Task b c' ]
  [ "$(rowmark show --format csv --columns Job a.md#archived-q-2 | paste -sd ' ')" = 'Job y' ]
  rowmark done -q x && rowmark archive -q a.md#q-1
  [ "$(rowmark show --format csv --columns Job a.md#archived-q-2 | paste -sd ' ')" = 'Job y x' ]
  grep -qx '## Archived q 2' a.md
  rowmark undo -q && rowmark undo -q && rowmark undo -q
  cmp a.md "$HOME/before"
}

@test "log follows a row to another table, its status changed in the same commit" {
  fresh
  printf '# One\n\n| P | Status |\n|---|---|\n| x | todo |\n| y | todo |\n\n# Two\n\n| Status | P |\n|---|---|\n| done | z |\n' | commit_file a.md
  rowmark set -q x doing --new
  printf '# One\n\n| P | Status |\n|---|---|\n| y | todo |\n\n# Two\n\n| Status | P |\n|---|---|\n| done | z |\n| done | x |\n' | commit_file a.md 'moved by hand'
  rowmark log x | sed 's/^[^A]*Ada *//' | diff - <(cat <<'OUT'
x  Status: doing -> done
x  moved: one -> two
x  Status: todo -> doing
x  added
OUT
)
}

tasks() {
  fresh
  printf '# Tasks\n\n<!-- rowmark: tasks; Id: key; Status: status = todo < done; Needs: ref tasks -->\n\n| Id | Status | Needs |\n|---|---|---|\n| T1 | done | |\n| T2 | done | T1 |\n| T3 | todo | T2 |\n| T4 | done | T3 |\n' | commit_file a.md
}

@test "what is archived is still referred to, and its key renamed with what refers to it" {
  tasks
  rowmark archive -q
  rowmark check -q
  [ "$(rowmark show --format csv --columns Id a.md#archived-tasks | paste -sd ' ')" = 'Id T1 T2 T4' ]
  rowmark rename -q Id=T2 Two a.md#archived-tasks
  grep -qxF '| T3 | todo | Two |' a.md
  rowmark check -q
  # A ring is one wherever its rows are.
  sed -i 's/^| T1 | done | |/| T1 | done | T3 |/' a.md
  rowmark check a.md --format concise | grep -qF 'reference-cycle'
}

@test "a row stays where what refers to it would not find it, and is named; mv refuses it" {
  tasks
  printf '# O\n\n| Id | Status | Needs |\n|---|---|---|\n' | commit_file o.md
  expect 0 rowmark archive --to o.md <<'OUT'
rowmark: a.md#tasks: 'T2' stays: a.md:9: 'T3' refers to it (Needs)
rowmark: a.md#tasks: 'T1' stays: a.md:8: 'T2' refers to it (Needs)
a.md#tasks  T4 -> o.md#o
[main 2c02361] Archive 1 row of a.md#tasks
OUT
  is_clean
  # Another file refers, too.
  printf '<!-- rowmark: runs; Task: ref tasks -->\n\n| Task | N |\n|---|---|\n| T2 | 1 |\n' | commit_file runs.md
  refused "'T2' cannot go: runs.md:5: 'T2' refers to it (Task)" rowmark mv T2 T3 o.md -f a.md
  rowmark mv -q T3 o.md -f a.md
  refused 'is the table they come from' rowmark archive a.md#tasks --to a.md#tasks
}

@test "a link by reference goes as one that says where it leads" {
  fresh
  mkdir d
  printf '# A\n\n| P | Status |\n|---|---|\n| [one][1] | todo |\n| [Two] | todo |\n\n[1]: https://a.b/c "C"\n[two]: img/t.png\n' | commit_file d/a.md
  printf '# B\n\n| P | Status |\n|---|---|\n| z | todo |\n' | commit_file b.md
  rowmark mv -q one two b.md -f d/a.md
  [ "$(tail -2 b.md)" = '| [one](https://a.b/c "C") | todo |
| [Two](d/img/t.png) | todo |' ]
  rowmark check -q
  rowmark log one | grep -q 'moved: d/a.md#a -> b.md#b'
  rowmark undo -q
  git diff --exit-code HEAD~2 HEAD
}

@test "a short row goes and comes back as it is" {
  fresh
  printf '# A\n\n| P | Status | N |\n|---|---|---|\n| x | todo | 1 |\n| y |\n|z|done\n| w | todo |   |  \n' | commit_file a.md
  printf '# B\n\n| P | Status | N |\n|---|---|---|\n' | commit_file b.md
  rowmark mv -q y z w b.md -f a.md
  [ "$(tail -n +5 b.md | sed 's/ *$//')" = $'| y |\n|z|done\n| w | todo |   |' ]
  rowmark mv -q y z w a.md -f b.md
  git diff --exit-code HEAD~2 HEAD -- b.md
  [ "$(tail -3 a.md | sed 's/ *$//')" = $'| y |\n|z|done\n| w | todo |   |' ]
  # Under another header it is written as the rows there are.
  printf '# C\n\n| P | N | Status |\n|---|---|---|\n' | commit_file c.md
  rowmark mv -q y c.md -f a.md
  [ "$(tail -1 c.md | tr -s ' ')" = '| y | | |' ]
}

@test "a target that is not there: new makes it" {
  fresh
  printf '# A\n\n| P | Status |\n|---|---|\n| x | todo |\n' | commit_file a.md
  refused "'rowmark new done.md --like a.md#a' makes it" rowmark mv x done.md
}

@test "--keep makes the columns that are missing, in another file and in the archive; undo takes them away" {
  fresh
  printf '# A\n\n<!-- rowmark: ; Status: status = Todo < Done -->\n\n| Paper | Status | Owner | X |\n|---|---|---|---|\n| a | Done | | |\n| b | Done | ada | |\n| c | Done | | y\\|z |\n| d | Todo | | |\n\n## Archived a\n\n| Paper | Status |\n|---|---|\n| z | Done |\n' | commit_file a.md
  printf '# B\n\n> | Q | State |\n> |---|---|\n> | z | Todo |' | commit_file b.md
  cp a.md b.md "$HOME"
  echo more >>a.md
  refused "no column for 'Owner' of 'b'" rowmark mv b c b.md -f '#a'
  refused '--keep or --drop' rowmark mv b c b.md -f '#a' --keep --drop
  rowmark mv -q b c b.md -f '#a' --keep
  [ "$(tail -5 b.md)" = '> | Q | State | Owner | X |
> |---|---|---|---|
> | z | Todo | | |
> | b | Done | ada | |
> | c | Done | | y\|z |' ]
  [ "$(git status --porcelain)" = ' M a.md' ]
  rowmark undo -q
  git checkout -q a.md
  cmp a.md "$HOME/a.md" && cmp b.md "$HOME/b.md"
  rowmark archive -q '#a' --keep
  tail -1 a.md | grep -qxF '| c | Done | | y\|z |'
  rowmark undo -q
  cmp a.md "$HOME/a.md"
  is_clean
}
