# Small verbs: sort, open, and what show leaves.

load common
load repo

@test "sort moves whole lines, once" {
  papers
  printf '\n\n> | N | Status |\n> |--|---|\n> | 10 | done |\n>| 9 | todo |\n> |  | doing|' >>README.md
  git commit -qam quoted
  cp README.md "$HOME/before"
  rowmark sort -q --by status README.md#2
  [ "$(tail -4 README.md)" = "$(printf '> |--|---|\n>| 9 | todo |\n> |  | doing|\n> | 10 | done |')" ]
  [ "$(git log -1 --format=%s)" = 'Sort README.md#papers-1 by Status' ]
  is_clean
  expect 0 rowmark sort --by status README.md#2 <<'OUT'
README.md#papers-1  sorted by Status, unchanged
OUT
  rowmark sort -q --by -N README.md#2 # numbers by value, and what is empty last, turned round
  [ "$(tail -3 README.md)" = "$(printf '> |  | doing|\n> | 10 | done |\n>| 9 | todo |')" ]
  rowmark undo -q && rowmark undo -q
  cmp README.md "$HOME/before"
  rowmark sort -q README.md#1
  [ "$(rowmark show README.md#1 --columns Paper --format csv | tr '\n' ' ')" = 'Paper LIMA LoRA QLoRA RoPE ' ]
}

@test "show leaves what is open, or of a class" {
  papers
  [ "$(rowmark show --open --columns Paper --format csv)" = $'Paper\nLIMA\nLoRA\nRoPE' ]
  [ "$(rowmark show --status doing --columns Paper --format csv)" = $'Paper\nRoPE' ]
  [ "$(rowmark show --status done --status todo --columns Paper --format csv)" = $'Paper\nLIMA\nLoRA\nQLoRA' ]
  printf '| A | B |\n|---|---|\n| x | y |\n' | commit_file other.md
  expect 2 rowmark show --open other.md <<'OUT'
rowmark: other.md#1: has no status column
hint: 'rowmark help schema' shows how to declare one
OUT
}

@test "open hands one link to the browser, and lists several" {
  fresh
  printf '| Name | Link |\n|---|---|\n| one | [x](https://x.org/?a=b&c) |\n' >list.md
  printf '| two | <https://x.org> and [y](http://y.org "t") |\n| none | [z](javascript:x) [r](a.md) |\n' >>list.md
  printf '| odd | https://x.org/$(touch%%20pwned)`id` |\n' >>list.md
  export BROWSER='echo browser'
  [ "$(rowmark open one)" = 'browser https://x.org/?a=b&c' ]
  [ "$(rowmark open two 2>"$HOME/said")" = $'1  https://x.org\n2  http://y.org' ]
  grep -qx "rowmark: note: several links, none is opened; -n 2 opens the second" "$HOME/said"
  [ "$(rowmark open two -n 2)" = 'browser http://y.org' ]
  rowmark open odd | grep -qF '$(touch%20pwned)'
  expect 2 rowmark open none <<'OUT'
rowmark: list.md:5: the row has no link to the web
OUT
  BROWSER=false run rowmark open one
  [ "$status" -eq 2 ]
  [[ $output == *'BROWSER names the program'* ]]
}

@test "rowmark.commit = no: the file alone is written, and it is said" {
  papers
  git config rowmark.commit no
  expect 0 rowmark set lima Reading <<'OUT'
README.md#papers  LIMA
  Status: Not read -> Reading
not committed: rowmark.commit is no
OUT
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  [ "$(git status --porcelain)" = ' M README.md' ]
  expect 0 rowmark set lima Reading <<'OUT'
README.md#papers  LIMA
  Status: Reading, unchanged
OUT
  expect 2 rowmark undo <<'OUT'
rowmark: nothing was committed: rowmark.commit is no
hint: 'git diff' shows what was written, 'git restore FILE' takes it back
OUT
  rowmark done -q --stage lora
  [ "$(git status --porcelain)" = 'MM README.md' ]
  rowmark add -q x README.md
  rowmark new -q new.md A
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  git config rowmark.commit yes
  rowmark add -q y README.md
  [ "$(git rev-list --count HEAD)" -eq 2 ]
}
