# new: a table from nothing.

load common

@test "an empty repository, a list with one row in two commands" {
  fresh
  expect 0 rowmark new reading-list.md Paper Link 'Read or Not: Not read < Reading < Read' <<'OUT'
[main (root-commit) a8072fe] Add the table Reading list
 1 file changed, 8 insertions(+)
 create mode 100644 reading-list.md
OUT
  rowmark add -q Paper=LIMA Link=https://arxiv.org/abs/2305.11206
  diff - reading-list.md <<'OUT'
# Reading list

<!-- rowmark: reading-list
Read or Not: status = Not read < Reading < Read
-->

| Paper | Link | Read or Not |
|---|---|---|
| LIMA | https://arxiv.org/abs/2305.11206 | Not read |
OUT
  is_clean
  rowmark check
  rowmark done -q lima
  rowmark undo -q
}

@test "behind what a file holds, in its line ends, and undo takes it back" {
  fresh
  printf '# T\r\n\r\ntext' | commit_file a.md
  cp a.md "$HOME/before"
  rowmark new -q 'a.md#More things' 'A|B' 'Area: x, y' '"C: d": date'
  printf '# T\r\n\r\ntext\r\n\r\n## More things\r\n\r\n<!-- rowmark: more-things\r\nArea: enum = x, y\r\n"C: d": date\r\n-->\r\n\r\n| A\\|B | Area | C: d |\r\n|---|---|---|\r\n' | cmp - a.md
  is_clean
  rowmark add -q 'A|B=1' Area=x a.md
  rowmark undo -q && rowmark undo -q
  cmp a.md "$HOME/before"
}

@test "like another table" {
  fresh
  printf '<!-- rowmark: one; S: status = a < b -->\n\n|K|S|\n|:--|--:|\n|x|a|\n' | commit_file a.md
  rowmark new -q 'a.md#Two' --like a.md
  [ "$(tail -6 a.md)" = $'## Two\n\n<!-- rowmark: two; S: status = a < b -->\n\n|K|S|\n|:--|--:|' ]
  rowmark new -q b.md --like 'a.md#two'
  rowmark add -q K=y b.md
  [ "$(tail -1 b.md)" = '|y|a|' ]
  is_clean
}

@test "what would be no such table is refused, and nothing is left" {
  fresh
  echo '```' | commit_file open.md
  for words in 'a.md A A' 'a.md A:nonsense' 'a.md' 'a.txt A' 'open.md A'; do
    # shellcheck disable=SC2086 # words
    run rowmark new $words
    [ "$status" -eq 2 ] || { echo "$words"; return 1; }
    [ ! -e a.md ]
    is_clean
  done
  printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
  run rowmark new a.md A
  [ "$status" -eq 2 ]
  [ ! -e a.md ]
  is_clean
  rowmark new -n a.md A | grep -qx '+| A |'
  [ ! -e a.md ]
  rowmark new --no-commit a.md A
  [ "$(git status --porcelain)" = '?? a.md' ]
}

@test "the overview of an empty repository says how to begin" {
  fresh
  rowmark | grep -F 'rowmark new README.md'
  eval "$(rowmark | grep -F 'rowmark new')" >/dev/null
  eval "$(rowmark | grep -F 'rowmark next' || rowmark | grep -F 'rowmark add' || echo "rowmark add -q 'The first task' README.md")"
  rowmark show | grep -F 'The first task'
}

@test "words of progress with commas between are a status; other words are values" {
  fresh
  rowmark new -q todo.md Task 'Status: todo, doing, done' 'Area: home, work'
  grep -qx 'Status: status = todo < doing < done' todo.md
  grep -qx 'Area: enum = home, work' todo.md
  rowmark add -q Milk
  rowmark 'done' -q milk
  grep -qF '| Milk | done |' todo.md
}

@test "new again: a second table of that name, or without a name of those columns, is refused" {
  fresh
  rowmark new list.md Paper 'Status: Todo < Done' -q
  rowmark new 'list.md#talks' Talk -q
  expect 2 rowmark new list.md paper 'Status: Todo < Done' <<'OUT'
rowmark: there is list.md#list already, with these columns
hint: 'rowmark add' adds rows to it; 'rowmark new list.md#NAME' makes another table
OUT
  expect 2 rowmark new 'list.md#talks' Talk Who <<'OUT'
rowmark: there is list.md#talks already
hint: 'rowmark add' adds rows to it; 'rowmark new list.md#NAME' makes another table
OUT
  rowmark new list.md Paper Other -q
  is_clean
}
