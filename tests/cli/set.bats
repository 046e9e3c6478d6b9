# set, start, done: one cell's bytes, in the file, in the index and in the commit.

bats_require_minimum_version 1.5.0
load common

# The file in its three places is, byte for byte, what stands in $HOME/want.
holds_everywhere() { # file
  cmp "$HOME/want" "$1"
  git show "HEAD:$1" | cmp "$HOME/want" -
  git show ":$1" | cmp "$HOME/want" -
}

# One commit more, of one line of one file.
is_one_line() { # file, number of commits before
  [ "$(git rev-list --count HEAD)" -eq $(($2 + 1)) ]
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '1\t1\t%s' "$1")" ]
}

# cell BEFORE AFTER: a file of these bytes (as printf writes them), LIMA set to Reading.
cell() {
  rm -rf "$HOME/repo"
  cd "$HOME" && fresh
  printf -- "$1" | commit_file README.md
  printf -- "$2" >"$HOME/want"
  rowmark set lima reading >/dev/null
  holds_everywhere README.md
  is_one_line README.md 1
  is_clean
}

seed() {
  fresh
  cp "$TOP/../shared/seed/reading-list.md" README.md 2>/dev/null || skip "no seed here"
  chmod 644 README.md
  git add README.md
  git commit -q -m seed
}

# libgit2 is given only what is around the change of a large file (lib/git/unified_diff.c).
@test "what set -n prints of a large file is what git diff prints" {
  fresh
  awk 'BEGIN {
    print "Some words.\n\n| Name | Link | Status |\n|---|---|---|"
    for (i = 0; i < 6000; i++) printf "| Row %d | https://example.org/a/long/path/%d | todo |\n", i, i
  }' | commit_file README.md
  for row in 0 3 3000 5999; do
    rowmark set -n "Row $row" done >"$HOME/shown"
    sed "s/^| Row $row |\(.*\) todo |$/| Row $row |\1 done |/" README.md >"$HOME/set" && cat "$HOME/set" >README.md
    git diff >"$HOME/want"
    git checkout -q README.md
    cmp "$HOME/want" "$HOME/shown"
  done
}

@test "set says what it did" {
  reading_list
  expect 0 rowmark set lima reading <<'OUT'
README.md#papers  LIMA
  Read or Not: Not read -> Reading
[main 9a4a2a3] LIMA: Not read -> Reading
OUT
}

@test "set changes the cell's bytes alone" {
  reading_list
  sed '/^|LIMA /s/| Not read |$/| Reading |/' README.md >"$HOME/want"
  rowmark set lima reading
  holds_everywhere README.md
  is_one_line README.md 1
  is_clean
}

@test "start and done set the first status of their kind" {
  reading_list
  expect 0 rowmark start 2305.14314 <<'OUT'
README.md#papers  QLoRA
  Read or Not: Not Read -> Reading
[main c2a9159] QLoRA: Not Read -> Reading
OUT
  expect 0 rowmark done 2305.14314 <<'OUT'
README.md#papers  QLoRA
  Read or Not: Reading -> Read
[main a03cc6a] QLoRA: Reading -> Read
OUT
  is_clean
}

@test "the seed: by key, by link, with --expect" {
  seed
  rowmark set lima reading
  is_one_line README.md 1
  rowmark done 2305.14314
  is_one_line README.md 2
  rowmark set 'Scaling Laws' Read --expect 'Not Read'
  is_one_line README.md 3
  is_clean
}

@test "line ends, marks and containers stay as they are" {
  # LF, CR LF, a BOM, no final newline
  cell '| P | Status |\n|---|---|\n| LIMA | Todo |\n| B | Reading |\n' \
    '| P | Status |\n|---|---|\n| LIMA | Reading |\n| B | Reading |\n'
  cell '| P | Status |\r\n|---|---|\r\n| LIMA | Todo |\r\n| B | Reading |\r\n' \
    '| P | Status |\r\n|---|---|\r\n| LIMA | Reading |\r\n| B | Reading |\r\n'
  cell '\xef\xbb\xbf| P | Status |\n|---|---|\n| LIMA | Todo |\n| B | Reading |\n' \
    '\xef\xbb\xbf| P | Status |\n|---|---|\n| LIMA | Reading |\n| B | Reading |\n'
  cell '| P | Status |\n|---|---|\n| B | Reading |\n| LIMA | Todo |' \
    '| P | Status |\n|---|---|\n| B | Reading |\n| LIMA | Reading |'
}

@test "tables in quotes and lists, rows of other indent, rows without leading pipes" {
  cell '> | P | Status |\n> |---|---|\n> | LIMA | Todo |\n>| B | Reading |\n' \
    '> | P | Status |\n> |---|---|\n> | LIMA | Reading |\n>| B | Reading |\n'
  cell '- x\n\n  | P | Status |\n  |---|---|\n  | LIMA | Todo |\n  | B | Reading |\n' \
    '- x\n\n  | P | Status |\n  |---|---|\n  | LIMA | Reading |\n  | B | Reading |\n'
  cell '| P | Status |\n|---|---|\n  | LIMA | Todo |\n | B | Reading |\n' \
    '| P | Status |\n|---|---|\n  | LIMA | Reading |\n | B | Reading |\n'
  cell 'P | Status | N\n---|---|---\nLIMA | Todo | 1\nB | Reading | 2\n' \
    'P | Status | N\n---|---|---\nLIMA | Reading | 1\nB | Reading | 2\n'
}

# --- what else is changed or staged ----------------------------------------------

# The commit holds our line alone; every version keeps its own changes.
@test "other text of the file dirty in the worktree stays dirty" {
  reading_list
  sed -i 's/^2\. When/2. Tell when/' README.md
  git diff >"$HOME/dirty"
  rowmark set lima reading
  is_one_line README.md 1
  git diff | grep '^[-+]' >"$HOME/dirty.now"
  grep '^[-+]' "$HOME/dirty" | grep -v '^\(---\|+++\)' | cmp - <(grep -v '^\(---\|+++\)' "$HOME/dirty.now")
  git diff --cached --quiet
}

@test "other text of the file staged stays staged" {
  reading_list
  sed -i 's/^2\. When/2. Tell when/' README.md
  git add README.md
  rowmark set lima reading
  is_one_line README.md 1
  [ "$(git diff --cached --numstat)" = "$(printf '1\t1\tREADME.md')" ]
  git diff --cached | grep -q '^+2\. Tell when'
  git diff --quiet
}

@test "one change staged, another dirty: both stay, each where it was" {
  reading_list
  sed -i 's/^2\. When/2. Tell when/' README.md
  git add README.md
  sed -i 's/^1\. How much/1. Tell how much/' README.md
  rowmark set lima reading
  is_one_line README.md 1
  [ "$(git diff --cached --numstat)" = "$(printf '1\t1\tREADME.md')" ]
  [ "$(git diff --numstat)" = "$(printf '1\t1\tREADME.md')" ]
  git diff --cached | grep -q '^+2\. Tell when'
  git diff | grep -q '^+1\. Tell how much'
}

@test "other files, staged, dirty or new, stay as they are" {
  reading_list
  echo one | commit_file other.txt
  echo two >other.txt
  echo new >staged.txt
  echo loose >untracked.txt
  git add staged.txt
  git status --porcelain >"$HOME/before"
  rowmark set lima reading
  [ "$(git diff --name-only HEAD~1 HEAD)" = README.md ]
  git status --porcelain | cmp "$HOME/before" -
}

# --- the options -----------------------------------------------------------------

@test "-n prints the diff and writes nothing" {
  reading_list
  state >"$HOME/before"
  expect 0 rowmark set lima reading -n <<'OUT'
diff --git a/README.md b/README.md
index b5d77f4..18d6653 100644
--- a/README.md
+++ b/README.md
@@ -16,7 +16,7 @@ What I want to read about language models, and how far I am.
 |Chain of Thought|Examples that spell out the steps in between make large models reason better.|Costs nothing but a longer prompt|[Link](https://arxiv.org/abs/2201.11903)|Not Read|
 |LoRA|  Freezes the weights and trains a low-rank update beside them, ten thousand times fewer parameters. | Fine-tuning on one graphics card|[Link](https://arxiv.org/abs/2106.09685)|Not Read|
 |QLoRA|Fine-tunes a 65B model on one 48 GB card: 4-bit weights, low-rank adapters on top.|The same, for models that do not fit|[Link](https://arxiv.org/abs/2305.14314)|Not Read|
-|LIMA |A 65B model tuned on a thousand careful examples and no reinforcement learning holds up well.| Quality before quantity | [Link](https://arxiv.org/abs/2305.11206) | Not read |
+|LIMA |A 65B model tuned on a thousand careful examples and no reinforcement learning holds up well.| Quality before quantity | [Link](https://arxiv.org/abs/2305.11206) | Reading |
 |ALiBi|A penalty on attention that grows with distance replaces position embeddings. |Reads longer texts than it was trained on|[Link](https://arxiv.org/abs/2108.12409)|Not Read|
 |Toolformer|A model teaches itself when to call a calculator, a search engine or a calendar.|  Tools, learned from a handful of examples |[Link](https://arxiv.org/abs/2302.04761)|Not Read|
 
OUT
  state | cmp "$HOME/before" -
}

@test "--no-commit writes the file alone, --stage the index too" {
  reading_list
  rowmark set lima reading --no-commit
  [ "$(git status --porcelain)" = ' M README.md' ]
  rowmark set qlora reading --stage
  [ "$(git status --porcelain)" = 'MM README.md' ]
  git diff --cached | grep '^+|' | grep -q QLoRA
  [ "$(git rev-list --count HEAD)" -eq 1 ]
}

@test "--no-commit needs no repository" {
  cp "$TOP/examples/reading-list/README.md" .
  sed '/^|LIMA /s/| Not read |$/| Reading |/' README.md >want
  rowmark set lima reading --no-commit
  cmp want README.md
}

@test "-m, --author and --date are the commit's" {
  reading_list
  rowmark set lima reading -m 'At last' --author 'Bob <bob@example.org>' --date 2025-05-06T07:08:09Z
  [ "$(git log -1 --format='%s|%an <%ae>|%at|%cn')" = \
    'At last|Bob <bob@example.org>|1746515289|Ada' ]
}

@test "the message's template comes from the configuration" {
  reading_list
  printf '[commit]\nmessage = read: {row} in {table}: {column} {new}\n' | commit_file .rowmark.ini
  rowmark set lima reading
  [ "$(git log -1 --format=%s)" = 'read: LIMA in README.md#papers: Read or Not Reading' ]
}

@test "-c writes another column, pipes and all" {
  reading_list
  rowmark set lima 'a | b' -c 'why it matters'
  [ "$(rowmark show lima --columns 'Why it matters' --format tsv | tail -n 1)" = 'a | b' ]
  is_one_line README.md 1
  is_clean
}

@test "a value that is there already makes no commit" {
  reading_list
  state >"$HOME/before"
  expect 0 rowmark set transformer read <<'OUT'
README.md#papers  Transformer
  Read or Not: Read, unchanged
OUT
  state | cmp "$HOME/before" -
}

@test "unchanged: the file, the index and HEAD hold it" {
  reading_list
  # Edited by hand: committed.
  sed -i '/^|ALiBi/s/Not Read|$/Read|/' README.md
  run rowmark set alibi read
  [[ $output == *'Read or Not: Not Read -> Read'*'] ALiBi: Not Read -> Read' ]]
  is_clean
  # Staged: committed too.
  rowmark set lima Read --stage
  run rowmark set lima Read
  [[ $output == *'Read or Not: Not read -> Read'*'] LIMA: Not read -> Read' ]]
  is_clean
  expect 0 rowmark set lima read <<'OUT'
README.md#papers  LIMA
  Read or Not: Read, unchanged
OUT
  # Staged to something else: one of the two would be lost.
  rowmark set lima Reading --stage && git show HEAD:README.md >README.md
  run rowmark set lima Read
  [ "$status" -eq 2 ]
  [[ $output == *'the index: README.md#papers'* ]]
  # A row that HEAD does not have: nobody holds it but the file.
  git reset -q --hard && sed -i '/^|LIMA/s/LIMA/LIMA2/' README.md
  run rowmark set LIMA2 Read
  [ "$status" -eq 2 ]
}

@test "another value is not written over what HEAD does not know" {
  reading_list
  sed -i '/^|ALiBi/s/Not Read|$/Read|/' README.md
  state >"$HOME/before"
  expect 2 rowmark set alibi reading <<'OUT'
rowmark: HEAD: README.md#papers: Read or Not of 'ALiBi' is 'Not Read', not 'Read'
hint: commit or undo that change first, or use --no-commit
OUT
  state | cmp "$HOME/before" -
}

@test "--expect refuses what is not expected" {
  reading_list
  state >"$HOME/before"
  expect 3 rowmark set lima Read --expect Reading <<'OUT'
rowmark: README.md:19: 'Read or Not' of 'LIMA' is 'Not read', not 'Reading'
hint: expect what it holds, or leave --expect away; the last commit of the file is 7ecf4b0 by Ada, "A reading list"
OUT
  state | cmp "$HOME/before" -
  rowmark set lima Read --expect 'not  READ'
}

@test "-q says nothing" {
  reading_list
  expect 0 rowmark set lima reading -q </dev/null
}

@test "a value outside a declared set is refused with the list" {
  fresh
  commit_file a.md <<'MD'
<!-- rowmark: t; Status: status = Todo < Doing < Done -->

| P | Status |
|---|---|
| x | Todo |
MD
  expect 2 rowmark set x finished <<'OUT'
rowmark: 'finished' is no value of column 'Status', which has: Todo, Doing, Done
OUT
}

# --- --batch ---------------------------------------------------------------------

@test "a batch of lines makes one commit" {
  reading_list
  printf 'lima\tReading\r\n\nQLoRA\tread\n' | rowmark set --batch
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '2\t2\tREADME.md')" ]
  expect 0 git log -1 --format=%B <<'OUT'
LIMA, QLoRA: 2 changes

LIMA: Not read -> Reading
QLoRA: Not Read -> Read

OUT
  is_clean
}

@test "a batch of JSON lines, with column, expect and table" {
  reading_list
  rowmark set --batch <<'JSON'
{"row": "LIMA", "value": "Read", "expect": "not read"}
{"row": "QLoRA", "value": "tab\tand \"quote\"", "column": "Why it matters", "table": "README.md#papers"}
JSON
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  [ "$(rowmark show qlora --json | jq -r '.rows[0]["Why it matters"]')" = "$(printf 'tab\tand "quote"')" ]
  is_clean
}

@test "a batch is all or nothing" {
  reading_list
  state >"$HOME/before"
  while IFS='=' read -r lines message; do
    printf "$lines" | rowmark set --batch >"$HOME/got" 2>&1 && return 1
    grep -qF -- "$message" "$HOME/got" || { cat "$HOME/got"; echo "wanted: $message"; return 1; }
    state | cmp "$HOME/before" -
  done <<'CASES'
lima\tRead\nnobody\tRead\n=line 2: README.md#papers: no row 'nobody'
lima\tRead\nLIMA\tReading\n='Read or Not' of 'LIMA' is set twice, on lines 1 and 2
lima Read\n=line 1: no tab: wanted ROW<TAB>VALUE, or a JSON object
{"row":"lima"}\n=line 1: wanted the members row and value
{"row":"lima","value":"x","tabel":"y"}\n=line 1: unknown member "tabel"
{"row":"lima","value":["x"]}\n=line 1: "value" is an array, not text
{"row":"lima","value":\n=line 1: not a JSON object
{"row":"lima","value":"a\\u0000b"}\n=line 1: a text cannot hold \u0000
\tRead\n=line 1: a ROW is wanted, and is empty
lima\tRead\tbert\n=line 1: more than one tab: wanted ROW<TAB>VALUE
lima\tRead\tbert\n=hint: a value that holds a tab can be written as JSON
nobody\tRead\n=hint: 'rowmark show README.md#papers' lists its rows
=--batch: standard input is empty
CASES
}

@test "a batch from elsewhere: a byte order mark, CR LF, numbers and booleans as they are written" {
  reading_list
  printf '\xef\xbb\xbflima\tRead\r\n' | rowmark set --batch -q
  [ "$(rowmark show lima --columns status --format csv)" = $'Read or Not\nRead' ]
  for value in 1.10 1e3 true 12345678901234567890123; do
    printf '{"row":"lima","value":%s,"column":"Why it matters"}\n' "$value" | rowmark set --batch -q
    [ "$(rowmark show lima --columns 'Why it matters' --format csv | tail -n 1)" = "$value" ]
  done
  printf '{"row":"lima","value":"\\\\u0000","column":"Why it matters"}\n' | rowmark set --batch -q
  grep -qF '| \u0000 |' README.md
}

@test "a large batch on a large table takes a moment: its rows are looked up, not looked for" {
  fresh
  {
    printf '| Task | Link | Status |\n|---|---|---|\n'
    for i in $(seq 20000); do echo "| Task number $i | [l$i](https://example.org/$i) | todo |"; done
    printf '| twin | x | todo |\n| Twin | x | todo |\n| *Marked* | x | todo |\n'
  } | commit_file big.md
  { for i in $(seq 7 13 19990); do printf 'Task number %s\tdoing\n' "$i"; done; printf 'task NUMBER 5\tdoing\nmarked\tdoing\nexample.org/12345\tdoing\nTwin\tdoing\nLINE:20003\tdoing\n'; } >../batch
  sed -i '3s/todo/done/' big.md # dirty: three versions, and rows named in each
  timeout 20 "$ROWMARK" set --batch -q <../batch
  [ "$(git show HEAD:big.md | grep -c '| doing |')" = "$(wc -l <../batch)" ]
  git show HEAD:big.md | grep -qx '| Twin | x | doing |'
  git show HEAD:big.md | grep -qx '| twin | x | doing |'
  [ "$(git diff --numstat)" = $'1\t1\tbig.md' ]
  printf 'TWIN\ttodo\n' | sed p >../batch
  for i in $(seq 8); do printf 'Task number %s\tdone\n' "$i" >>../batch; done
  run rowmark set --batch <../batch
  [ "$status" -eq 2 ]
  [[ $output == *"'TWIN' fits 2 rows"* ]]
  timeout 20 "$ROWMARK" sql -q "UPDATE \"1\" SET Status = 'todo' WHERE Status = 'doing'"
  [ "$(git diff --numstat)" = $'1\t1\tbig.md' ]
}

@test "a batch of every row of a large table takes a moment" {
  fresh
  { printf '| Task | Status |\n|---|---|\n'; seq -f '| task %.0f | todo |' 100000; } | commit_file big.md
  seq -f $'task %.0f\tdone' 100000 | (ulimit -t 8 && "$ROWMARK" set --batch -q)
  [ "$(git show HEAD:big.md | grep -c '| done |')" -eq 100000 ]
}

@test "standard input cannot be written, which is said before it is read" {
  reading_list
  for words in 'set LoRA Read -f -' 'done LoRA -f -' 'add Paper=x -' 'rm LoRA -f -'; do
    run rowmark $words </dev/null
    [ "$status" -eq 2 ]
    [[ $output == *': standard input cannot be written'* ]]
  done
}

@test "a value that only its Markdown tells from the old one is shown so" {
  reading_list
  run rowmark set lima '[Link](https://example.org)' -c Link
  [ "${lines[1]}" = '  Link: [Link](https://arxiv.org/abs/2305.11206) -> [Link](https://example.org)' ]
  [ "$(git log -1 --format=%s)" = 'LIMA: [Link](https://arxiv.org/abs/2305.11206) -> [Link](https://example.org)' ]
  run rowmark set lima '[Link](https://example.org)' -c Link
  [ "${lines[1]}" = '  Link: Link, unchanged' ]
}

@test "what a cell holds does not end the commit's message, nor steer a terminal" {
  fresh
  printf '| A | Status |\n|---|---|\n| a\0b\033[1m\377 | todo |\n' | commit_file README.md
  rowmark set -q a done
  [ "$(git log -1 --format=%B)" = 'a\x00b\x1b[1m\xff: todo -> done' ]
}

@test "what one row alone is marked with is no other's; marks that are written are shown" {
  fresh
  printf '| K | Status |\n|---|---|\n| a | ~~Done~~ |\n| b | Todo |\n| c | Todo |\n' | commit_file a.md
  run -0 rowmark done b
  [ "${lines[1]}" = '  Status: Todo -> Done' ]
  grep -x '| b | Done |' a.md
  printf '| K | Status |\n|---|---|\n| a | **Done** |\n| b | **Todo** |\n| c | **Todo** |\n' | commit_file a.md
  run -0 rowmark done b
  [ "${lines[1]}" = '  Status: **Todo** -> **Done**' ]
  grep -x '| b | \*\*Done\*\* |' a.md
}

@test "words of the file's other tables are known where a table has none" {
  fresh
  printf '# A\n\n| K | Status |\n|---|---|\n| a | ❌ No |\n\n# B\n\n| K | Status |\n|---|---|\n| b | ❌ No |\n| c | ✅ Shipped |\n| d | 🟡 Half |\n' | commit_file a.md
  run -0 rowmark done a
  [ "${lines[0]}" = "rowmark: note: '✅ Shipped' is a word of the file's other tables" ]
  run -0 rowmark set a half
  grep -x '| a | 🟡 Half |' a.md
  run -0 rowmark add K=e Status=shipped 'a.md#a'
  grep -x '| e | ✅ Shipped |' a.md
}

@test "a value that is one letter from another is refused, as short as it is" {
  reading_list
  run -2 rowmark set lora Red
  [ "${lines[1]}" = "hint: did you mean 'Read'? --new writes it as typed" ]
  rowmark set -q lora Red --new
}

@test "set and done: -c given several times sets each column, another option given twice is refused" {
  fresh
  printf '| F | Go | Java |\n|---|---|---|\n| a | - | - |\n| b | + | + |\n| c | - | - |\n' | commit_file a.md
  expect 0 rowmark done a c -c Go -c Java -q </dev/null
  grep -qx '| a | + | + |' a.md && grep -qx '| c | + | + |' a.md
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  rowmark set -q --where F=a - -c Java -c Go
  grep -qx '| a | - | - |' a.md
  expect 2 rowmark set a + -c Go -c go <<'OUT'
rowmark: 'a' is named twice
OUT
  expect 2 rowmark sort a.md --by Go --by F <<'OUT'
rowmark: --by: given twice, 'Go' and 'F'
hint: it takes one value; give the command twice
OUT
  expect 2 rowmark set a + -c Go --expect - --expect + <<'OUT'
rowmark: --expect: given twice, '-' and '+'
hint: it takes one value; give the command twice
OUT
  expect 2 rowmark set --batch -c Go -c Java <<'OUT'
rowmark: set: --batch takes one -c; a JSON line may name its column
hint: usage: rowmark set ROW VALUE [FILE[#TABLE]], or rowmark set --batch [FILE[#TABLE]]
OUT
  rowmark show a.md --format csv --format md --color=never --color=auto | grep -q '^| a'
  [ "$(rowmark set a + -c Go -q -m one -m one && git log -1 --format=%B)" = $'one\n\none' ]
}

@test "done takes the mark of most rows" {
  fresh
  printf '| T | S |\n|---|---|\n| a | :heavy_check_mark: |\n| b | :heavy_check_mark: |\n| c | :heavy_check_mark: |\n| d | ✅ |\n| e | ✅ |\n| f | |\n' | commit_file a.md
  rowmark done -q f
  grep -qx '| f | :heavy_check_mark: |' a.md
}
