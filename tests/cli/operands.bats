# Arguments that read as people type them: rows, a value and files, in any order.

load common

# A list whose rows are called as files, words and marks are.
odd() {
  fresh
  printf '# Things\n\n| Name | Status |\n|---|---|\n' >list.md
  printf '| %s | todo |\n' 'C#' '#306' 'std::vector' 'Scaling: a study' README.md Makefile docs - lima lora >>list.md
  printf '| rope | done |\n' >>list.md
  printf '# Other\n\n| Name | Status |\n|---|---|\n| lima | todo |\n| x | done |\n' >other.md
  mkdir docs
  echo x >Makefile
  echo 'no table' >README.md
  git add . && git commit -q -m first
}

status_of() { # row [file]
  grep -F "| $1 |" "${2:-list.md}" | sed 's/.*| \([a-z]*\) |$/\1/'
}

@test "names with marks in them are rows, wherever they stand" {
  odd
  for row in 'C#' '#306' 'std::vector' 'Scaling: a study' README.md Makefile docs -; do
    rowmark done -q "$row"
    [ "$(status_of "$row")" = "done" ]
    rowmark set -q list.md "$row" todo
    rowmark set -q "$row" done list.md
    rowmark start "$row" -f list.md -n >/dev/null || true
  done
  [ "$(git diff HEAD --stat)" = "" ]
}

@test "several rows make one commit, each is listed" {
  odd
  expect 0 rowmark done lora 'C#' list.md <<'OUT'
list.md#things  lora
  Status: todo -> done
list.md#things  C#
  Status: todo -> done
[main bd50281] lora, C#: done
OUT
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  [ "$(git show --format= --numstat)" = $'2\t2\tlist.md' ]
  rowmark set -q lora 'C#' '#306' todo
  [ "$(grep -c 'todo' list.md)" -eq 10 ]
}

@test "all or none" {
  odd
  run rowmark done lora nobody list.md
  [ "$status" -eq 2 ]
  [[ $output == *"no row 'nobody'"* ]]
  [[ $output == *"two rows given, 'lora' and 'nobody'; files end in .md or are there"* ]]
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  is_clean
  run rowmark rm lora lora list.md
  [ "$status" -eq 2 ]
  [[ $output == *"'lora' is named twice"* ]]
}

@test "what is already so is told, and is no part of the message" {
  odd
  rowmark done rope lora | grep -q 'Status: done, unchanged'
  [ "$(git log -1 --format=%s)" = 'lora: todo -> done' ]
}

@test "--where chooses rows to set, start, finish and delete" {
  odd
  rowmark set -q --where Status=todo doing list.md
  [ "$(grep -c '| doing |' list.md)" -eq 10 ]
  rowmark done -q --where Name~li --where Name!=x list.md
  [ "$(status_of lima)" = "done" ]
  rowmark rm -q --where Status=doing list.md
  [ "$(grep -c '^| [^NS-]' list.md)" -eq 2 ]
  run rowmark rm --where Status=nothing list.md
  [ "$status" -eq 2 ]
  [[ $output == *'no row with Status=nothing in 1 table'* ]]
  run rowmark done lima --where Status=doing list.md
  [ "$status" -eq 2 ]
  [[ $output == *'one of the two says which'* ]]
}

@test "a word that is a file and a row of it is refused with both readings" {
  fresh
  printf '| Name | Status |\n|---|---|\n| list.md | todo |\n| lima | todo |\n' | commit_file list.md
  expect 2 rowmark done list.md lima <<'OUT'
rowmark: done: 'list.md' is a file, and a row in it
hint: -f list.md names the file; behind -- it is the row
OUT
  rowmark done -q -- list.md lima
  [ "$(grep -c done list.md)" -eq 2 ]
  rowmark set -q list.md todo # without it no row would be
  [ "$(status_of list.md)" = "todo" ]
  rowmark set -q list.md done -f list.md
  [ "$(status_of list.md)" = "done" ]
}

@test "what is missing is said with what was taken for a file" {
  odd
  expect 2 rowmark set lora other.md <<'OUT'
rowmark: set: VALUE is missing: 'other.md' names a file
hint: words behind -- name no files
OUT
  expect 2 rowmark done other.md <<'OUT'
rowmark: done: ROW is missing: 'other.md' names a file
hint: words behind -- name no files
OUT
  expect 2 rowmark show lora lima <<'OUT'
rowmark: show: two rows given, 'lora' and 'lima'
hint: one row and one FILE at most; files end in .md or are there
OUT
}

@test "a URL is a row, by its link" {
  fresh
  printf '| Name | Link | Status |\n|---|---|---|\n| a | https://x.org/a.md?b=c | todo |\n' | commit_file list.md
  rowmark done -q 'https://x.org/a.md?b=c'
  grep -q '| done |' list.md
}

@test "a column by a part of its name, and the second of a name" {
  fresh
  printf '| Name | Go status | Notes | Notes |\n|---|---|---|---|\n| a | todo | x | y |\n' | commit_file list.md
  rowmark set -q a done -c go
  rowmark set -q a second -c notes:2
  rowmark set -q a first -c Notes:1
  grep -qxF '| a | done | first | second |' list.md
  expect 2 rowmark set a z -c notes <<'OUT'
rowmark: list.md#1: 2 columns are called 'notes'
hint: the second of them is 'notes:2'
OUT
  expect 2 rowmark set a z -c o <<'OUT'
rowmark: list.md#1: 'o' is a part of 3 columns' names
hint: name one of 'Go status', 'Notes', 'Notes'
OUT
}

@test "#TABLE alone is that table of the only file that has it, unless a row is called so" {
  odd
  printf '| #things | todo |\n' >>other.md
  sed -i 's/^# Things/# Papers/' list.md
  git commit -qam named
  rowmark show '#papers' lima | grep -q '^list.md#papers '
  [ "$(rowmark show --format csv '#papers' | wc -l)" -eq 12 ]
  rowmark set -q '#papers' lima 'done'
  [ "$(status_of lima) $(status_of lima other.md)" = 'done todo' ]
  rowmark 'done' -q lima '#other'
  [ "$(status_of lima other.md)" = 'done' ]
  rowmark add -q dora '#papers' Status=todo
  [ "$(status_of dora)" = todo ]
  rowmark set -q '#306' 'C#' 'done' # rows, and behind them a value
  [ "$(status_of '#306') $(status_of 'C#')" = 'done done' ]
  rowmark 'done' -q '#things' && [ "$(status_of '#things' other.md)" = 'done' ]
  rowmark set -q 'C#' '#papers' -c Name # the last word is the value
  grep -qF '| #papers | done |' list.md
  run rowmark show '#papers' lima # and now a row is called so
  [ "$status" -eq 2 ]
}

@test "a #TABLE where the value stands is said, and one of two files is not chosen" {
  odd
  base=$(git rev-parse HEAD)
  rowmark set -q lima todo '#other' # behind the value, a table
  [ "$(status_of lima other.md)" = todo ]
  rowmark set -q --where Name=x todo '#other'
  [ "$(status_of x other.md)" = todo ]
  rowmark set -q lima lora '#other' --new -f list.md # behind rows alone, the value
  [ "$(grep -c '| #other |' list.md)" -eq 2 ]
  git reset -q --hard "$base"
  cp other.md third.md
  expect 2 rowmark show lima '#other' <<'OUT'
rowmark: show: two rows given, 'lima' and '#other'
hint: one row and one FILE at most; files end in .md or are there
OUT
}

@test "the subject of a commit of several rows names them, as far as it has room" {
  fresh
  printf '| T | Status | N |\n|---|---|---|\n' >a.md
  for i in 1 2 3 4 5 6; do printf '| task number %s | todo | %s |\n' $i $i; done >>a.md
  printf '| task | done | |\n' >>a.md
  git add a.md
  git commit -q -m a
  subject() { git log -1 --format=%s; }
  rowmark done -q LINE:3 LINE:4 LINE:5 LINE:6 LINE:7 LINE:8
  [ "$(subject)" = 'task number 1, task number 2, task number 3, task number 4 and 2 more: done' ]
  printf 'task number 1\ttodo\ntask number 2\tdone\n' | rowmark set -q --batch
  [ "$(subject)" = 'task number 1: done -> todo' ]
  rowmark rm -q LINE:3 LINE:4
  [ "$(subject)" = 'Remove task number 1, task number 2' ]
  printf '%s\n' '{"row": "task number 3", "value": "todo"}' '{"row": "task number 4", "value": "todo"}' \
    '{"row": "task number 3", "column": "N", "value": "9"}' | rowmark set -q --batch
  [ "$(subject)" = 'task number 3, task number 4: 3 changes' ]
}

@test "a word that begins with a dash and a blank is a text" {
  fresh
  printf '| K | Status |\n|---|---|\n| a | todo |\n' | commit_file a.md
  rowmark add -q '- li' a.md#1
  rowmark set -q '- li' done a.md#1
  grep -qx '| - li | done |' a.md
}
