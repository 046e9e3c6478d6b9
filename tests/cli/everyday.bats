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
  [ "$(rowmark open two 2>"$HOME/said" || [ $? -eq 1 ])" = $'1  https://x.org\n2  http://y.org' ]
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
hint: 'git diff' shows what was written; 'git restore -p FILE' asks of each change, without -p it takes all of the file back that is not committed
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

@test "a near row is named for one that is mistyped, by any of its words" {
  reading_list
  try() { rowmark "$@" 2>&1 >/dev/null </dev/null | grep -o 'did you mean.*'; }
  [ "$(try done Scalling)" = "did you mean 'Scaling Laws'?" ]
  [ "$(try set Noted Read)" = "did you mean 'Notes on RLHF'?" ]
  [ "$(try show 'Scaling Lows')" = "did you mean 'Scaling Laws'?" ]
  [ "$(try done LoXRA)" = "did you mean 'LoRA'?" ]
  [ -z "$(try done Gopher)" ]
}

@test "COLUMN=VALUE in place of a value is a cell of that column, once or several times" {
  reading_list
  expect 0 rowmark set lima Link=x <<'OUT'
rowmark: note: https://arxiv.org/abs/2305.11206 goes with the old value
README.md#papers  LIMA
  Link: Link -> x
[main 1e1619f] LIMA: Link -> x
OUT
  is_clean
  rowmark set lima 'Read or Not=Read' Link=y -q
  grep -q '^|LIMA .*| *y *|' README.md
  refused 'named twice' rowmark set lima Link=x Link=y
  printf 'lima\tLink=x\n' | refused 'a column is named with -c' rowmark set --batch
  rowmark set lima Links=x -q 2>/dev/null # no column: a word of its own
  rowmark set lima Link=x --new -q
  grep -q '^|LIMA .*| *Link=x *|$' README.md
}

@test "add takes ids for links, and says that a row has the link" {
  reading_list
  rowmark add https://arxiv.org/abs/2305.11206 2>"$HOME/said" >/dev/null
  [ "$(cat "$HOME/said")" = "rowmark: note: 'LIMA' (line 19) has this link already" ]
  rowmark add 'Link=[Link](https://arxiv.org/abs/2106.09685)' Paper=Lo 2>"$HOME/said" >/dev/null
  [ "$(cat "$HOME/said")" = "rowmark: note: 'LoRA' (line 17) has this link already" ]
  rowmark add -q 10.1145/3442188.3445922
  rowmark add -q arxiv:2301.00001
  rowmark add -q 'A paper' doi:10.1145/1
  rowmark add -q -- 10.1145/2
  git diff -U0 HEAD~4 | grep '^+[^+]' | diff - <(cat <<'OUT'
+|10.1145/3442188.3445922|| |[Link](https://doi.org/10.1145/3442188.3445922)|Not Read|
+|2301.00001|| |[Link](https://arxiv.org/abs/2301.00001)|Not Read|
+|A paper|| |[Link](https://doi.org/10.1145/1)|Not Read|
+|10.1145/2|| ||Not Read|
OUT
)
  printf '| Name | Status |\n|---|---|\n| a | Todo |\n' | commit_file plain.md
  rowmark add -q 10.1145/3 plain.md # no column of links: a name
  grep -q '^| 10.1145/3 | Todo |$' plain.md
}

@test "undo takes no number of commits, and says what to do" {
  reading_list
  expect 2 rowmark undo -n 2 <<'OUT'
rowmark: 2: no such commit
hint: one commit is taken back at a time: 'rowmark undo' twice takes back two; -n is --dry-run
OUT
}

@test "blame of one row, in whatever file" {
  reading_list
  printf '| Name | Status |\n|---|---|\n| a | Todo |\n' | commit_file b.md
  rowmark done -q lora
  expect 0 rowmark blame lora <<'OUT'
ROW   STATUS  SINCE       DAYS  COMMIT   AUTHOR
LoRA  Read    2026-01-02     1  21a60d9  Ada
OUT
  [ "$(rowmark blame --json a b.md | jq -r '.rows[].row')" = a ]
  [ "$(rowmark blame --json LAWS | jq -r '.rows[].row')" = 'Scaling Laws' ]
  expect 2 rowmark blame nobody <<'OUT'
rowmark: no row 'nobody' in 2 files
hint: 'rowmark log ROW' finds rows that are gone, too
OUT
  expect 2 rowmark blame <<'OUT'
rowmark: blame: 2 files fit; name one, or a row
hint: there are README.md, b.md
OUT
}

@test "the patch of a file that is to be made is one that git applies" {
  fresh
  git commit -q --allow-empty -m empty
  rowmark new -n T.md Task 'Status: todo < done' >"$HOME/patch"
  git apply "$HOME/patch"
  cp T.md "$HOME/applied"
  rm T.md
  rowmark new -q T.md Task 'Status: todo < done'
  cmp T.md "$HOME/applied"
  rowmark undo -n >"$HOME/patch"
  git apply "$HOME/patch"
  [ ! -e T.md ]
}

@test "schema infer --write says what it wrote" {
  reading_list
  expect 0 rowmark schema infer --write <<'OUT'
README.md#papers  declared
Not committed: 'git diff' shows it.
OUT
  expect 0 rowmark schema infer --write <<<'Nothing to declare.'
}

@test "a link that is renamed is said to stay one" {
  fresh
  printf '| Task | Owner |\n|---|---|\n| a | [@ada](https://x.y/ada) |\n| b | [@ada](https://x.y/ada) |\n' | commit_file README.md
  expect 0 rowmark rename 'Owner=[@ada](https://x.y/ada)' @bob <<'OUT'
README.md#1  Owner: @ada -> @bob, 2 cells; links lead where they led
[main 5fb988b] Rename @ada to @bob
OUT
  grep -c '\[@bob\](https://x.y/ada)' README.md
}

@test "what claim cannot do is said once, and not of rows that stay as they are" {
  fresh
  printf '| Task | Owner | Status |\n|---|---|---|\n| a | | 完成 |\n| b | | |\n| c | | |\n' | commit_file README.md
  [ "$(rowmark claim b c --as pat 2>&1 >/dev/null | grep -c stays)" = 1 ]
  [ "$(rowmark claim b c --as pat 2>&1 >/dev/null | grep -c stays)" = 0 ]
}

@test "the card of a row says its name where that is a link, and exports judge all rows alike" {
  fresh
  printf '# P\n\n| Name | Notes |\n|---|---|\n| [AlexNet](https://x.y/a) | x |\n| [VGG](https://x.y/v) | y |\n' | commit_file a.md
  expect 0 rowmark show VGG <<'OUT'
a.md#p  LINE:6
  Name   VGG
         https://x.y/v
  Notes  y
OUT
  expect 0 rowmark show --where Name=VGG --format csv <<<$'Name,Notes\nVGG,y'
}

@test "cells as they are written leave in every format and come back; badges are their addresses" {
  fresh
  printf '# P\n\n| Name | Cited |\n|---|---|\n| [A](https://x.y/a) | [![c](https://s.io/x)](https://x.y/c) |\n| [B](https://x.y/b) | [![c](https://s.io/y)](https://x.y/d) |\n' | commit_file a.md
  expect 0 rowmark show --format csv <<<$'Name,Cited\nA,https://x.y/c\nB,https://x.y/d'
  expect 0 rowmark show --format csv --markdown <<'OUT'
Name,Cited
[A](https://x.y/a),[![c](https://s.io/x)](https://x.y/c)
[B](https://x.y/b),[![c](https://s.io/y)](https://x.y/d)
OUT
  for format in csv tsv jsonl; do
    rowmark show --format $format | rowmark import - --format $format | grep -q unchanged
    rowmark show --format $format --markdown | rowmark import - --format $format --markdown | grep -q unchanged
  done
  rowmark show --json >x.json
  run rowmark import x.json
  eval "rowmark() { \"$ROWMARK\" \"\$@\"; }; ${lines[1]#hint: }" | grep -q unchanged
  printf '| | |\n|---|---|\n| a | b |\n' | commit_file none.md
  rowmark show --format jsonl none.md | rowmark import - --format jsonl none.md | grep -q unchanged
}

@test "open takes the link of the cell that names the row" {
  fresh
  printf '| Read | Name | Cited |\n|---|---|---|\n| ✅ | [VGG](https://x.y/v) | [![c](https://s.io/x)](https://x.y/c) |\n| | b | [x](https://x.y/1) [y](https://x.y/2) |\n' | commit_file a.md
  export BROWSER='echo browser'
  [ "$(rowmark open VGG 2>"$HOME/said")" = 'browser https://x.y/v' ]
  grep -qx 'rowmark: note: the row has 2 links; -n 2 opens the second' "$HOME/said"
  [ "$(rowmark open VGG -n 2)" = 'browser https://x.y/c' ]
  run rowmark open b
  [ "$status" -eq 1 ]
}

@test "a row that goes keeps its name, whatever the other table calls it" {
  fresh
  printf '# One\n\n| Channel | Status |\n|---|---|\n| Telegram | Done |\n| Irc | Todo |\n\n# Two\n\n| Feature | Status |\n|---|---|\n| Lock | Todo |\n| Key | Done |\n' | commit_file a.md
  rowmark mv -q Telegram '#two'
  sed -n '/Two/,$p' a.md | grep -qx '| Telegram | Done |'
  expect 0 rowmark archive '#two' -q </dev/null
  rowmark undo -q
  rowmark archive -q -m '' 2>/dev/null || rowmark archive -q
  rowmark undo -q
  rowmark done -q Irc
  rowmark archive -q
  [ "$(git log -1 --format=%s)" = 'Archive 3 rows of 2 tables of a.md' ]
}

@test "what is missing for mv and archive is said with the command that makes it" {
  fresh
  rowmark new -q a.md Paper 'Status: Todo < Done'
  rowmark add -q A && rowmark done -q A
  expect 2 rowmark archive --to done.md <<'OUT'
rowmark: done.md: cannot open: No such file or directory
hint: 'rowmark new done.md --like a.md#a' makes it, with the columns of that table
OUT
  rowmark archive -q
  rowmark column add -q Owner '#a'
  rowmark add -q B Owner=ada Status=Done '#a'
  expect 2 rowmark archive '#a' <<'OUT'
rowmark: a.md#archived-a: no column for 'Owner' of 'B'
hint: --keep makes that column there; --drop leaves such cells behind
OUT
}

@test "a status that is renamed to a word of one's own is noted, with the declaration" {
  fresh
  printf '| Task | Status |\n|---|---|\n| a | Done |\n| b | Todo |\n| c | Done |\n' | commit_file a.md
  rowmark rename -q Status=Done Finished 2>"$HOME/said"
  [ ! -s "$HOME/said" ]
  rowmark rename Status=Finished Landed 2>"$HOME/said" >/dev/null
  [ "$(cat "$HOME/said")" = "rowmark: note: a.md#1: 'Landed' is no word that is known for done; to have it counted, declare it above the table: <!-- rowmark: Status: status = Todo < Landed -->" ]
  sed -i '1i <!-- rowmark: Status: status = Todo < Landed -->' a.md
  rowmark summary | grep -q '2 of 3'
}

@test "rows that share their first column are named by one that tells them apart" {
  fresh
  printf '| Module | API | State |\n|---|---|---|\n| tr | Compose | Done |\n| tr | Constant | |\n| tr | ToDevice | |\n' >a.md
  git add a.md
  git commit -q -m a
  rowmark done Constant -q
  rowmark add ToDevice2 Module=tr -q
  [ "$(sed -n '4p;6p' a.md)" = '| tr | Constant | Done |
| tr | ToDevice2 | |' ]
  # what a message calls a row is a name of it
  printf '\n| T | S |\n|---|---|\n| x | Todo |\n| x | Done |\n' >>a.md
  rowmark done 'x (line 10)' a.md#2 -q --no-commit
  [ "$(sed -n 10p a.md)" = '| x | Done |' ]
}

@test "rows that repeat the header head a part: they are nothing to do, and stay where they are" {
  fresh
  printf '| F | Go | Java |\n|---|---|---|\n| B | Go | Java |\n| y | + | + |\n| x | + | - |\n| A | Go | Java |\n| w | + | + |\n' >a.md
  git add a.md
  git commit -q -m a
  rowmark summary a.md | grep -q '^  Go    3 of 3 '
  [ "$(rowmark show --open --format csv a.md | tr -d '\r')" = 'F,Go,Java
x,+,-' ]
  rowmark sort a.md -q
  [ "$(awk -F '|' 'NR>2 {print $2}' a.md | tr -d ' \n')" = BxyAw ]
  rowmark archive -q
  [ "$(awk -F '|' 'NR>2 && NR<7 {print $2}' a.md | tr -d ' \n')" = BxA ]
}

@test "names with '=', sorting by one of two statuses, white space behind a long value: what to do" {
  fresh
  printf '| F | Go | Java |\n|---|---|---|\n| a | ❌ | ✅ |\n| b | ✅ | ❌ |\n' | commit_file a.md
  rowmark add 'Is P=NP?' 2>&1 | grep -qxF "hint: a name that holds '=' is F='Is P=NP?'"
  rowmark sort --by status a.md 2>&1 | grep -qx 'hint: name the column in full with --by'
  long=$(printf 'x%.0s' {1..300})
  [ "$(rowmark set a "$long " -c Go 2>&1 | head -1 | wc -c)" -lt 120 ]
}

@test "a row does not get the name of another one; two may exchange theirs" {
  fresh
  printf '| Name | Status |\n|--|--|\n| x | Yes |\n| y | No |\n| z | Partial |\n' | commit_file a.md
  refused "a.md:4: there is a row 'y' already" rowmark set x y -c Name
  EDITOR='sed -i "s/^Name:.*/Name: y/"' refused "there is a row 'y' already" rowmark edit x
  refused "there is a row 'q' already" rowmark set x y q -c Name -f a.md
  printf 'x\ty\ny\tx\n' | rowmark set -q --batch -c Name
  [ "$(sed -n 3,4p a.md)" = $'| y | Yes |\n| x | No |' ]
  rowmark set -q x X -c Name
  printf '| Name | Status |\n|--|--|\n| x | Yes |\n| x | No |\n| z | Partial |\n' | commit_file a.md
  rowmark set -q z x -c Name
  is_clean
}

@test "an archive is not meant where it is not named; a row that is there already is not moved" {
  fresh
  rowmark new -q jobs.md Task 'Status: todo < doing < done'
  rowmark add -q x && rowmark done -q x && rowmark archive -q
  rowmark add -q y
  grep -qxF '| y | todo |' jobs.md
  rowmark mv -q x jobs.md
  refused "'x' is in jobs.md#jobs already" rowmark mv x jobs.md#jobs -f jobs.md
  is_clean
}

@test "a class of progress is the column's word, and a mark the value that begins with it" {
  fresh
  printf '| Name | Status |\n|--|--|\n| x | ✅ Yes |\n| y | ❌ No |\n| z | 🚧 Partial |\n| q | |\n' | commit_file a.md
  refused "did you mean '✅ Yes'?" rowmark set z done
  rowmark set -q z ✅
  grep -qxF '| z | ✅ Yes |' a.md
  printf '| Task | Status |\n|--|--|\n| a | todo |\n| b | doing |\n| c | done (2024-01-01) |\n| d | done (2024-01-03) |\n' | commit_file a.md
  rowmark "done" -q b
  grep -qxF '| b | done |' a.md
}

@test "a name beside ids goes beside them, an id is the id" {
  fresh
  printf '<!-- rowmark: t\nID: key, id-prefix T-\n-->\n\n| ID | Title | Status |\n|--|--|--|\n| T-1 | First | open |\n| T-2 | Second | done |\n' | commit_file t.md
  rowmark add -q 'Write the docs' '#t' t.md
  rowmark add -q T-9 t.md
  [ "$(tail -2 t.md)" = $'| T-3 | Write the docs | open |\n| T-9 | | open |' ]
  printf '| ID | Status | Title |\n|--|--|--|\n| T-1 | open | One |\n| T-2 | done | Two |\n' | commit_file t.md
  run rowmark add T-2
  [ "$status" -eq 3 ]
  refused "needs its key, the column 'Title'" rowmark add T-7
  rowmark add -q T-7 Title=Seven
  tail -1 t.md | grep -qxF '| T-7 | open | Seven |'
}

@test "commits count each row that changed, of one name too; commands of whole files take no table" {
  fresh
  { printf '| Company | Role | Status |\n|--|--|--|\n'; for i in 1 2 3 4; do echo "| [N](https://n.com) | R$i | todo |"; done; } | commit_file b.md
  rowmark set -q --where Status=todo doing
  [ "$(git log -1 --format=%s)" = 'N (https://n.com), N (https://n.com), N (https://n.com) and 1 more: doing' ]
  refused 'takes whole files' rowmark check --fix '#1'
  refused 'takes whole files' rowmark render b.md#1
}
