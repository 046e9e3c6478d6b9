# add and rm: one line more, one line less, nothing else.

load common

# added TEXT COMMAND WANTED: a file of these bytes, the command, the bytes wished.
added() {
  rm -rf "$HOME/repo"
  cd "$HOME" && fresh
  printf -- "$1" | commit_file README.md
  printf -- "$3" >"$HOME/want"
  eval "$2" >/dev/null
  cmp "$HOME/want" README.md
  git show HEAD:README.md | cmp "$HOME/want" -
  is_clean
}

@test "add says what it did, in one commit of one line" {
  reading_list
  expect 0 rowmark add Paper=Gopher 'Link=[Link](https://arxiv.org/abs/2112.11446)' <<'OUT'
README.md#papers  added Gopher
[main 56cc62e] Add Gopher
OUT
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '1\t0\tREADME.md')" ]
  git show HEAD | grep -q '^+.*Gopher.*2112.11446.*|Not Read'
  is_clean
}

@test "a row is added in the style of its neighbours" {
  T='| P | Status |\n|---|---|\n| a | Todo |\n| b | Done |\n'
  added "$T" 'rowmark add P=c' "$T| c | Todo |\n"
  added '|P|Status|\n|-|-|\n|a|Todo|\n' 'rowmark add P=c' '|P|Status|\n|-|-|\n|a|Todo|\n|c|Todo|\n'
  added 'P | Status\n--|--\na | Todo\n' 'rowmark add P=c' 'P | Status\n--|--\na | Todo\nc | Todo\n'
  added '| P      | Status |\n|--------|--------|\n| a      | Todo   |\n| b      | Done   |\n' 'rowmark add P=c' \
    '| P      | Status |\n|--------|--------|\n| a      | Todo   |\n| b      | Done   |\n| c      | Todo   |\n'
  added '> | P | S |\r\n> |---|---|\r\n> | a | b |\r\n' 'rowmark add P=c' \
    '> | P | S |\r\n> |---|---|\r\n> | a | b |\r\n> | c | |\r\n'
}

@test "the last line keeps its habit: no newline before, none after" {
  added '| P | S |\n|---|---|\n| a | b |' 'rowmark add P=c S=d' '| P | S |\n|---|---|\n| a | b |\n| c | d |'
}

@test "a table with only a header takes a row" {
  added '| P | S |\n|---|---|\n' 'rowmark add P=c S=d' '| P | S |\n|---|---|\n| c | d |\n'
}

@test "a pipe in a value is escaped" {
  added '| P | S |\n|---|---|\n| a | b |\n' "rowmark add 'P=x|y'" '| P | S |\n|---|---|\n| a | b |\n| x\\|y | |\n'
}

@test "--sorted puts a row where it belongs: in the middle, first, last" {
  T='| P | S |\n|---|---|\n| b | 1 |\n| d | 2 |\n| f | 3 |\n| h | 4 |\n'
  added "$T" 'rowmark add --sorted P=e' '| P | S |\n|---|---|\n| b | 1 |\n| d | 2 |\n| e | |\n| f | 3 |\n| h | 4 |\n'
  added "$T" 'rowmark add --sorted P=a' '| P | S |\n|---|---|\n| a | |\n| b | 1 |\n| d | 2 |\n| f | 3 |\n| h | 4 |\n'
  added "$T" 'rowmark add --sorted P=z' "$T| z | |\n"
}

@test "--sorted in a table without order appends" {
  T='| P | S |\n|---|---|\n| b | 1 |\n| a | 2 |\n| f | 3 |\n| c | 1 |\n'
  added "$T" 'rowmark add --sorted P=bb' "$T| bb | |\n"
}

@test "a status that the column does not hold is said, as set says it" {
  reading_list
  run rowmark add -n Paper=x status=Skimmed
  [[ $output == *"note: 'Skimmed' is new in 'Read or Not', which holds "* ]]
  run rowmark add -n Paper=x status=reading
  [[ $output != *note:* ]]
}

@test "what add refuses" {
  reading_list
  git rev-parse HEAD >"$HOME/head"
  run rowmark add Paper=LORA
  [ "$status" -eq 3 ]
  [[ $output == *"there is a row 'LORA' already"* ]]
  run rowmark add 'Link=x'
  [ "$status" -eq 2 ]
  [[ $output == *"needs its key, the column 'Paper'"* ]]
  run rowmark add Paper=x Papr=y
  [ "$status" -eq 2 ]
  [[ $output == *"Papr"* ]]
  run rowmark add Paper=$'a\nb'
  [ "$status" -eq 2 ]
  run rowmark add
  [ "$status" -eq 2 ]
  run rowmark add Paper=x Link=y link=z
  [ "$status" -eq 2 ]
  [[ $output == *"link=z: the column has a value already, 'y'"* ]]
  run rowmark add Paper
  [ "$status" -eq 2 ]
  [[ $output == *"'Paper' is a column"* ]]
  [ "$(git rev-parse HEAD)" = "$(cat "$HOME/head")" ]
  is_clean
}

@test "a declared enum is asked" {
  fresh
  printf '<!-- rowmark: t; A: key; B: enum = x, y -->\n\n| A | B |\n|---|---|\n| 1 | x |\n' | commit_file README.md
  run rowmark add A=2 B=z
  [ "$status" -eq 2 ]
  [[ $output == *"x"*"y"* ]]
  rowmark add A=2 B=Y
  grep -qx '| 2 | y |' README.md
}

@test "rm deletes one line and says so" {
  reading_list
  expect 0 rowmark rm alibi <<'OUT'
README.md#papers  removed ALiBi
[main fae34cb] Remove ALiBi
OUT
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '0\t1\tREADME.md')" ]
  is_clean
}

@test "rm of the last line keeps the file's habit" {
  added '| P | S |\n|---|---|\n| a | b |\n| c | d |' 'rowmark rm c' '| P | S |\n|---|---|\n| a | b |'
}

@test "rm refuses what is not one row" {
  reading_list
  run rowmark rm lor
  [ "$status" -eq 2 ]
  run rowmark rm nothing-like-it
  [ "$status" -eq 2 ]
  is_clean
}

@test "rm by a part of a name, or of a link, says what it took" {
  reading_list
  run rowmark rm -n aLiBi
  [[ $output != *note:* ]]
  expect 0 rowmark rm alib <<'OUT'
rowmark: note: no row is called 'alib'; it is a part of 'ALiBi'
README.md#papers  removed ALiBi
[main fae34cb] Remove ALiBi
OUT
  run rowmark rm -n 2305.11206
  [[ $output == *"note: no row is called '2305.11206'; it is a part of a link in 'LIMA'"* ]]
}

@test "add and rm leave what is dirty and staged alone" {
  reading_list
  echo other >other.txt
  git add other.txt
  sed -i 's/^What I want/What we want/' README.md
  rowmark add Paper=Gopher
  [ "$(git diff --name-only HEAD~1 HEAD)" = README.md ]
  git diff --cached --name-only | grep -qx other.txt
  git diff | grep -q '^+What we want'
  (! git show HEAD:README.md | grep -q 'What we want')
  rowmark rm gopher
  git show HEAD~2:README.md | diff - <(git show HEAD:README.md)
}

@test "rows are removed and added where hooks run" {
  reading_list
  printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  rowmark rm alibi
  rowmark sql "DELETE FROM papers WHERE Paper = 'BERT'; INSERT INTO papers (Paper) VALUES ('Gopher')"
  rowmark add Paper=Chameleon
  [ "$(git rev-list --count HEAD)" -eq 4 ]
  (! grep -qE 'ALiBi|BERT' README.md)
  is_clean
}

# A hook that edits the file, stages it or not, and the row that is gone or new with it.
editing_hook() { # stage?
  printf '#!/bin/sh\nsed -i "s/^# .*/# Edited by a hook/" README.md\n%s\n' "$1" >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
}

@test "rm, add and DELETE where a hook edits the file too: taken in, as by git commit -- FILE" {
  reading_list
  editing_hook 'git add README.md'
  rowmark rm LIMA
  git show HEAD:README.md | grep -qx '# Edited by a hook'
  git show HEAD:README.md | (! grep LIMA)
  is_clean
  sed -i 's/^# .*/# By hand/' README.md && git commit -qnam title
  rowmark add Paper=Newest
  git show HEAD:README.md | grep -q Newest
  git show HEAD:README.md | grep -qx '# Edited by a hook'
  is_clean
  sed -i 's/^# .*/# By hand/' README.md && git commit -qnam title
  rowmark sql "DELETE FROM papers WHERE Paper = 'LoRA' OR Paper = 'Newest'"
  git show HEAD:README.md | (! grep -E '^[|] ?(LoRA|Newest)')
  git show HEAD:README.md | grep -qx '# Edited by a hook'
  is_clean
}

@test "a hook that edits the worktree alone: its edit stays there, not committed" {
  reading_list
  editing_hook ''
  rowmark rm LIMA
  [ "$(git diff HEAD~1 HEAD | grep -cE '^[-+][^-+]')" = 1 ]
  [ "$(git diff | grep -E '^[+][^-+]')" = '+# Edited by a hook' ]
  [ "$(git diff --cached)" = '' ]
}

@test "a hook that puts the row back, or takes the new one away, undid the change" {
  reading_list
  cp README.md ../before.md
  editing_hook 'git show HEAD:README.md >README.md; git add README.md'
  for change in 'rm LIMA' 'add Paper=Newest'; do
    run rowmark $change
    [ "$status" -eq 2 ]
    [[ $output == *'the pre-commit hook undid the change'* ]]
    cmp README.md ../before.md
    is_clean
  done
}

@test "a hook that aligns the table in which a row was added: the cells are what counts" {
  reading_list
  printf '#!/bin/sh\n"%s" fmt -q README.md\ngit add README.md\n' "$ROWMARK" >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  rowmark add Paper=Newest 'Why it matters=so' README.md
  git show HEAD:README.md | grep -q '^| Newest '
  is_clean
  rowmark rm Newest
  git show HEAD:README.md | (! grep Newest)
  is_clean
}

@test "a status that nobody used is no first value: the cell stays empty" {
  added '| P | Status |\n|---|---|\n| a | Done |\n' 'rowmark add P=c' '| P | Status |\n|---|---|\n| a | Done |\n| c | |\n'
  added '| P | Read |\n|---|---|\n| a | Read |\n' 'rowmark add P=c' '| P | Read |\n|---|---|\n| a | Read |\n| c | |\n'
  added '| P | Status |\n|---|---|\n| a | Done |\n| b | Not started |\n' 'rowmark add P=c' \
    '| P | Status |\n|---|---|\n| a | Done |\n| b | Not started |\n| c | Not started |\n'
  added '<!-- rowmark: x; Status: status = Open < Closed -->\n\n| P | Status |\n|---|---|\n| a | Closed |\n' 'rowmark add P=c' \
    '<!-- rowmark: x; Status: status = Open < Closed -->\n\n| P | Status |\n|---|---|\n| a | Closed |\n| c | Open |\n'
}

@test "a name, a link, or both" {
  reading_list
  rowmark add -q https://arxiv.org/abs/2407.21783
  grep -qF '|2407.21783|| |[Link](https://arxiv.org/abs/2407.21783)|Not Read|' README.md
  rowmark add -q 'Llama 3' 'https://x.org/?a=b' 'What it says=much'
  grep -F 'Llama 3' README.md | grep -F '[Link](https://x.org/?a=b)' | grep -qF much
  rowmark add -q https://github.com/a/b/tree/main
  grep -qF '|a/b|' README.md
  rowmark add -q https://doi.org/10.1000/182
  grep -qF '|10.1000/182|' README.md
  rowmark add -q -- README.md
  grep -qF '|README.md|' README.md
  run rowmark add https://example.org/paper
  [ "$status" -eq 2 ]
  [[ $output == *'a new row needs its key'* ]]
  run rowmark add one two
  [ "$status" -eq 2 ]
  [[ $output == *"two names given, 'one' and 'two'"* ]]
  is_clean
}

@test "links as the table has them, and the next number" {
  fresh
  printf '| ID | Paper | Where | Status |\n|---|---|---|---|\n' >list.md
  printf '| T-08 | a | <https://x.org> | todo |\n| T-09 | b | <https://y.org> | todo |\n' >>list.md
  git add list.md && git commit -qm list
  rowmark add -q Paper=c https://z.org/1
  tail -1 list.md | grep -qxF '| T-10 | c | <https://z.org/1> | todo |'
  printf '| Name | Status |\n|---|---|\n| [a](https://x.org) | todo |\n| [b](https://y.org) | todo |\n' | commit_file own.md
  rowmark add -q see https://z.org/2 own.md
  tail -1 own.md | grep -qxF '| [see](https://z.org/2) | todo |'
}

@test "an id that is declared: the next behind its prefix, or one that no branch makes too" {
  fresh
  printf '<!-- rowmark: t; Id: key, id-prefix T-; Task: required -->\n\n| Id | Task |\n|---|---|\n' | commit_file a.md
  rowmark add -q Task=one
  rowmark add -q Task=two
  rowmark add -q Id=Other Task=three
  rowmark add -q Task=four
  [ "$(rowmark show --format csv --columns Id | paste -sd ' ')" = 'Id T-1 T-2 Other T-3' ]
  rowmark schema show | grep -qF 'id-prefix T-'
  printf '<!-- rowmark: r; Id: key, id = random, id-prefix R-; Task: required -->\n\n| Id | Task |\n|---|---|\n' | commit_file r.md
  for branch in x y; do
    git checkout -q -b $branch main
    rowmark add -q Task=$branch r.md
  done
  git cat-file -p y:r.md | tail -1 | grep -qE '^\| R-[2-9a-z]{6} \| y \|$'
  [ "$(git show x:r.md y:r.md | grep -oE 'R-[2-9a-z]{6}' | sort -u | wc -l)" -eq 2 ]
  printf '<!-- rowmark: r; A: id = 7, id-prefix; B: enum = id, x, id = random -->\n\n|A|B|\n|-|-|\n' >e.md
  run rowmark check e.md
  [[ $output == *"id knows '= random' only"* && $output == *'id-prefix needs what ids begin with'* ]]
}

@test "without a table it is the one that has the columns that are named" {
  fresh
  printf '# one\n\n| A | B |\n|--|--|\n| x | 1 |\n\n# two\n\n| C | D |\n|--|--|\n| y | 2 |\n' | commit_file a.md
  rowmark add -q C=z D=3
  tail -1 a.md | grep -qxF '| z | 3 |'
}
