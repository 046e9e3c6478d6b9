#!/usr/bin/env bats
# start, done and set: what is there already stays, a word is taken from the table, none is
# made up.
load common
load repo

# held VALUES COLUMN COMMAND...: a list of one row a value (divided by ';'), its first row r1;
# what the command says is in $output, the first row's cell afterwards in $cell.
held() {
  local values=$1 column=$2 i=0 value
  shift 2
  cd "$HOME" && rm -rf list && mkdir list && cd list || return 1
  git init -q
  {
    printf '# T\n\n| Name | %s |\n|---|---|\n' "$column"
    while IFS= read -r -d ';' value; do
      i=$((i + 1))
      printf '| r%d | %s |\n' $i "$value"
    done <<<"$values;"
    printf '\n[passed]: https://e.example/p.svg\n'
  } >l.md
  git add l.md && git commit -q -m first
  run rowmark "$@"
  cell=$(sed -n 's/^| r1 | \(.*\) |$/\1/p' l.md)
}

# becomes VALUES COLUMN WANTED COMMAND...
becomes() {
  local wanted=$3
  held "$1" "$2" "${@:4}"
  if [ "$status" -eq 0 ] && [ "$cell" = "$wanted" ]; then return 0; fi
  echo "$1 | ${*:4}: '$cell' ($status), not '$wanted': $output"
  return 1
}

# refused VALUES COLUMN WORDS COMMAND...
refused() {
  local first=${1%%;*}
  held "$1" "$2" "${@:4}"
  if [ "$status" -eq 2 ] && [ "$cell" = "$first" ] && [[ $output == *"$3"* ]] &&
    [ "$(git rev-list --count HEAD)" -eq 1 ]; then return 0; fi
  echo "$1 | ${*:4}: '$cell' ($status): $output"
  return 1
}

@test "what is done already is left alone, whatever its markup" {
  local cell
  for is in '[Done](https://e.example/pr/1)' 'Done (v1.2)' '✅ Done' 'Done [#12](url)' \
    '<b>Done</b>' '**Done**' '`Done`' 'Done[^1]' 'Merged' 'done'; do
    becomes "$is;Todo;Done;Done;Done" Status "$is" done r1
    [[ $output == *unchanged* ]]
    [ "$(git rev-list --count HEAD)" -eq 1 ]
  done
  becomes '![Passed][passed];Failed;Passed' Status '![Passed][passed]' done r1
}

@test "set with the value that is there: unchanged; --new writes what was typed" {
  becomes '[Done](https://e.example/pr/1);Todo;Done' Status '[Done](https://e.example/pr/1)' \
    set r1 done
  becomes 'Done (v1.2);Todo;Done' Status 'Done (v1.2)' set r1 Done
  becomes 'Done (v1.2);Todo;Done' Status 'Done' set r1 Done --new
  becomes 'done;Todo;Done' Status 'Done' set r1 Done
}

@test "a link or note that goes with the old word is said; --keep-note keeps it" {
  becomes '[In progress](https://e.example/1) (since May);Todo;Done' Status 'Done' done r1
  [[ $output == *'note: (since May), https://e.example/1 goes with the old value'* ]]
  becomes '[In progress](https://e.example/1) (since May);Todo;Done' Status \
    '[Done](https://e.example/1) (since May)' done r1 --keep-note
  [[ $output != *'goes with'* ]]
  becomes 'Todo, see \| below;Done' Status 'Done, see \| below' set r1 Done --keep-note
}

@test "markup is copied from the rows that have it" {
  becomes '![Failed][failed];![Passed][passed];![Passed][passed]' Status '![Passed][passed]' \
    done r1
  becomes ':x:;:white_check_mark:;:white_check_mark:' Done ':white_check_mark:' done r1
  local badge='![](https://img.shields.io/badge/status-done-green)'
  becomes "Todo;$badge;$badge" Status "$badge" done r1
  becomes "$badge;Todo" Status "$badge" done r1
  becomes 'Todo;<img alt="Done" src="d.png">;<img alt="Done" src="d.png">' Status \
    '<img alt="Done" src="d.png">' done r1
}

@test "a word that no row has is written only where all ladders agree" {
  becomes 'Not read;Not read' 'Read or Not' Reading start r1
  becomes 'Not read;Not read' 'Read or Not' Read done r1
  becomes '❌;✅' Go '✅' done r1
  becomes 'Todo;Todo' Status Done done r1
  becomes '0%;100%' Progress '100%' done r1
  refused 'Todo;Todo' Status "no word for begun; it holds 'Todo'" start r1
  refused 'Supported;Has Oddities;Not supported' Status "no word for begun" start r1
  refused 'Unclaimed;Unclaimed' Status "no word for done" done r1
  refused 'Draft;Draft' Status "no word for done" done r1
  refused 'N;Y' Supported "no word for begun" start r1
  becomes 'N;N' Supported Y done r1
  becomes '❌;❌' Go '✅' done r1
  refused '✗;✗' Go "no word for done" done r1
  refused 'Failed;Passed' Status "no word for begun" start r1
  refused '0%;30%;100%' Progress "no word for begun" start r1
  refused '❌;✅' Go "no word for begun" start r1
  refused ';' Status "is empty" done r1
}

@test "of several words the one that leads; waiting is no beginning" {
  becomes 'todo;in_progress;blocked;blocked;done' Status in_progress start r1
  becomes 'Todo;In progress;Blocked;Blocked;Done' Status 'In progress' start r1
  becomes 'Todo;Doing;Doing;Doing;In review;Done' Status Doing start r1
  becomes 'Todo;Doing;In review;In review;In review;Done' Status Doing start r1
  becomes 'Todo;✅ Merged;✅ Done;✅ Merged;Doing' Status '✅ Done' done r1
  refused 'Todo;Ongoing;Active;Done' Status "several words for begun: 'Ongoing', 'Active'" start r1
}

@test "a slip of the keys is refused, --new takes it" {
  refused 'Not read;Read;Reading' Status "did you mean 'Read'? --new" set r1 Raed
  refused 'Not read;Read;Reading' Status "did you mean 'Reading'?" set r1 Readin
  becomes 'Not read;Read;Reading' Status Raed set r1 Raed --new
  becomes '未读;已读;未读' 状态 待读 set r1 待读 # two letters say too little of a slip
  becomes 'Not read;Read;Reading' Status Skimmed set r1 Skimmed
  [[ $output == *"note: 'Skimmed' is new in 'Status'"* ]]
}

@test "adopt: ticks and struck items are done; words as asked, or in the list's language" {
  cd "$HOME" && git init -q adopt && cd adopt
  printf '# A\n\n- ✅ one\n- ~~two~~\n- [ ] three\n- ✅\n' >a.md
  printf '# B\n\n- ✅ 读书\n- [ ] 写作\n' >b.md
  git add . && git commit -q -m first
  rowmark adopt -q a.md#a --todo Open --done Closed
  tail -n +3 a.md | diff - <(printf '| Title | Status |\n| --- | --- |\n| one | Closed |\n| ~~two~~ | Closed |\n| three | Open |\n| ✅ | Open |\n')
  rowmark adopt -q b.md#b
  tail -n +3 b.md | diff - <(printf '| 标题 | 状态 |\n| --- | --- |\n| 读书 | 已完成 |\n| 写作 | 未开始 |\n')
}

@test "two rows of one name: told apart by number, link or line; on a terminal a numbered question" {
  cd "$HOME" && git init -q twins && cd twins
  printf '# T\n\n| # | Task | Status |\n|---|---|---|\n| 7 | Write | Todo |\n| 8 | Write | Todo |\n| 9 | Ship | Done |\n' >t.md
  git add t.md && git commit -q -m first
  run rowmark done write
  [ "$status" -eq 2 ]
  [[ $output == *"t.md#t  LINE:5  Write (7)"*"LINE:6  Write (8)"* ]]
  run rowmark next
  [[ $output == *"Write (7)"*"Write (8)"* ]]
  run "$TOP/tests/cli/pty" rowmark done write <<<'2'
  [ "$status" -eq 0 ]
  [[ $output == *"'write' fits 2 rows. Which? [1-2]"*"Write (8)"* ]]
  [ "$(git log -1 --format=%s)" = 'Write (8): Todo -> Done' ]
  run "$TOP/tests/cli/pty" rowmark rm write <<<''
  [ "$status" -eq 2 ]
  run "$TOP/tests/cli/pty" rowmark rm write <<<'^C'
  [ "$status" -ne 0 ]
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  rowmark done -q 7 # by number, though rows are called by name
  [ "$(git log -1 --format=%s)" = 'Write (7): Todo -> Done' ]
}

@test "schema infer --write: nothing empty, once, and what check accepts" {
  cd "$HOME" && git init -q infer && cd infer
  printf '# E\n\n| A | B |\n|---|---|\n|  |  |\n\n## V\n\n| Name | Status |\n|---|---|\n| a \\| b | To\xc2\xa0do |\n| c | Done, late |\n\n## C\r\r| A | S |\r|---|---|\r| x | Todo |\r| y | Say "hi" |\r' >e.md
  rowmark schema infer -q --write e.md
  [ "$(grep -c 'rowmark:' e.md)" -eq 2 ] # none above the empty table
  grep -q '^Status: status = To.*do < Doing < "Done, late"$' e.md
  run rowmark check e.md
  [ "$status" -eq 0 ]
  cp e.md once.txt
  rowmark schema infer -q --write e.md
  cmp e.md once.txt
}

@test "schema infer: a column of a matrix with one value so far has its sibling's scale; alone it is noted" {
  fresh
  printf '| F | Open | Iron |\n|---|---|---|\n| a | ✅ | 🚧 |\n| b | ✅ | ❌ |\n| c | ✅ | ✅ |\n' | commit_file a.md
  expect 0 rowmark schema infer a.md <<'OUT'
<!-- rowmark:
F: key
Open: status = ❌ < 🚧 < ✅
Iron: status = ❌ < 🚧 < ✅
-->
OUT
  printf '| F | Read |\n|---|---|\n| a | ✅ |\n| b | |\n' | commit_file b.md
  expect 0 rowmark schema infer b.md <<'OUT'
rowmark: note: b.md#1: the status is not declared: 'Read' holds one value alone, which makes no order
<!-- rowmark:
F: key
-->
OUT
}
