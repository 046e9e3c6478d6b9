# Bad input: one clear line (what, where), one that says what to do, exit 2, and nothing
# written anywhere.

bats_require_minimum_version 1.5.0
load common

# refuses COMMAND...: its whole output is standard input; nothing has changed.
refuses() {
  state >"$HOME/before"
  expect 2 "$@" || return 1
  state | cmp "$HOME/before" -
}

@test "a missing file" {
  reading_list
  for command in 'show' 'set lima read' 'ls'; do
    refuses rowmark $command nofile.md <<'OUT'
rowmark: nofile.md: cannot open: No such file or directory
hint: 'rowmark ls' lists the files that hold tables
OUT
  done
}

@test "a folder without Markdown, a binary file, a file without a table" {
  reading_list
  mkdir docs
  printf 'PNG\0\1\2' >logo.png
  echo 'no table' >text.md
  refuses rowmark show docs <<'OUT'
rowmark: docs: no Markdown file below this folder
hint: files that git ignores are read when they are named
OUT
  refuses rowmark set lima read logo.png <<'OUT'
rowmark: logo.png: is a binary file
hint: name a Markdown file
OUT
  refuses rowmark set lima read text.md <<'OUT'
rowmark: text.md: no table in it
hint: 'rowmark check' tells what is nearly a table
OUT
  rm -- *.md
  refuses rowmark next <<'OUT'
rowmark: no Markdown file here
hint: those that end in .md or .markdown are looked for, others are read when they are named
OUT
}

@test "a file that cannot be read was not read" {
  reading_list
  chmod 0 README.md
  [ ! -r README.md ] || skip "root reads all"
  refuses rowmark next <<'OUT'
rowmark: README.md: cannot open: Permission denied
rowmark: no table in what could be read
OUT
}

@test "an empty FILE is not all files" {
  reading_list
  for command in 'ls' 'show lima' 'set lima read' 'add Paper=x' 'rm lima' 'check' 'fmt' 'ls -f'; do
    refuses rowmark $command '' <<'OUT'
rowmark: a FILE is wanted, and is empty
hint: leave it out to mean all files
OUT
  done
}

@test "a file without a table is no file to show: a row may be called so" {
  reading_list
  rowmark add Paper=Makefile
  printf 'all:\n\ttrue\n' >Makefile
  expect 0 rowmark show Makefile <<<"$(rowmark show LINE:22)"
  expect 0 rowmark show Makefile README.md <<<"$(rowmark show LINE:22)"
  expect 0 rowmark show README.md Makefile <<<"$(rowmark show LINE:22)"
  cp README.md NOTES
  expect 0 rowmark show -q NOTES <<<"$(rowmark show README.md)"
}

@test "a line without a row" {
  reading_list
  refuses rowmark rm LINE:3 <<'OUT'
rowmark: README.md#papers: no row stands on line 3
hint: its rows are lines 9 to 21
OUT
}

@test "a table, row or column that is not there" {
  reading_list
  refuses rowmark show README.md#paper <<'OUT'
rowmark: README.md: no table 'paper'; there are: papers
hint: did you mean 'papers'?
OUT
  refuses rowmark show '#nowhere' <<'OUT' # a row may be called #306
rowmark: README.md#papers: no row '#nowhere'
hint: -f '#nowhere' names a table
OUT
  refuses rowmark show -f '#nowhere' <<'OUT'
rowmark: no table 'nowhere': 1 Markdown file was read
OUT
  refuses rowmark ls '#nowhere' <<'OUT'
rowmark: no table 'nowhere': 1 Markdown file was read
OUT
  refuses rowmark summary '#nowhere' <<'OUT'
rowmark: no table 'nowhere': 1 Markdown file was read
OUT
  refuses rowmark set limo read <<'OUT'
rowmark: README.md#papers: no row 'limo'
hint: did you mean 'LIMA'?
OUT
  refuses rowmark set 'nothing like it' read <<'OUT'
rowmark: README.md#papers: no row 'nothing like it'
hint: 'rowmark show README.md#papers' lists its rows
OUT
  refuses rowmark set lima read -c Statsu <<'OUT'
rowmark: README.md#papers: no column 'Statsu'; there are: Paper, What it says, Why it matters, Link, Read or Not
hint: did you mean 'status'?
OUT
  printf '| a | b |\n|---|---|\n| x | y |\n' | commit_file short.md
  refuses rowmark set x z -c c short.md <<'OUT' # one letter is not near to another
rowmark: short.md#1: no column 'c'; there are: a, b
OUT
}

@test "an empty ROW" {
  reading_list
  refuses rowmark set '' read <<'OUT'
rowmark: a ROW is wanted, and is empty
hint: LINE:N is the row on line N
OUT
  refuses rowmark start ' ' README.md <<'OUT'
rowmark: a ROW is wanted, and is empty
hint: LINE:N is the row on line N
OUT
}

@test "a table's name that fits two, without its file" {
  fresh
  T='| A |\n|---|\n| x |\n'
  printf "# D\n\n$T\n$T\n# D\n\n$T" | commit_file README.md
  refuses rowmark show -f '#d-1' <<'OUT'
rowmark: README.md: 'd-1' names 2 tables: 2, 3
OUT
}

@test "a row that is called by what is no name: its line is told" {
  fresh
  commit_file a.md <<'MD'
| Name | Note | Status |
|------|------|--------|
| a | **Bold** one | todo |
| b | Other one | todo |
MD
  refuses rowmark set 'bold one' done <<'OUT'
rowmark: a.md#1: no row 'bold one'
hint: LINE:3 holds it in 'Note'; rows of a.md#1 are named by 'Name'
OUT
  refuses rowmark set one done <<'OUT' # several hold it
rowmark: a.md#1: no row 'one'
hint: 'rowmark show a.md#1' lists its rows
OUT
}

@test "an ambiguous row lists its candidates" {
  reading_list
  refuses rowmark set lora2 read <<'OUT'
rowmark: README.md#papers: no row 'lora2'
hint: did you mean 'LoRA'?
OUT
  refuses rowmark set ora read <<'OUT'
rowmark: 'ora' fits 2 rows:
  README.md#papers  LINE:17  LoRA
  README.md#papers  LINE:18  QLoRA
hint: name one in full, as it is listed, or by its line, or its table with -f
OUT
}

@test "no status column, or several" {
  fresh
  printf '| P | N |\n|---|---|\n| x | 1 |\n| y | 2 |\n' | commit_file none.md
  printf '| P | Go | C |\n|---|---|---|\n| x | ✅ | ❌ |\n| y | ❌ | ✅ |\n' | commit_file many.md
  refuses rowmark set x done none.md <<'OUT'
rowmark: none.md#1: has no status column
hint: say which with -c COLUMN: 'P', 'N'
OUT
  refuses rowmark done x many.md <<'OUT'
rowmark: many.md#1: has 2 status columns
hint: say which with -c COLUMN: 'Go', 'C'
OUT
  refuses rowmark next none.md <<'OUT'
rowmark: none.md#1: has no status column
hint: 'rowmark help schema' shows how to declare one
OUT
}

@test "no repository, nothing committed, an untracked file" {
  mkdir plain && cd plain
  cp "$TOP/examples/reading-list/README.md" .
  refuses rowmark set lima reading <<'OUT'
rowmark: ~/plain: not in a git repository
hint: --no-commit writes the file alone; 'git init' makes a repository
OUT
  refuses rowmark show HEAD:README.md <<'OUT'
rowmark: ~/plain: not in a git repository
hint: 'git init' makes a repository of the current folder
OUT
  refuses rowmark check --since HEAD <<'OUT'
rowmark: ~/plain: not in a git repository
hint: 'git init' makes a repository of the current folder
OUT
  expect 0 rowmark set lima 'Not read' --stage <<'OUT'
README.md#papers  LIMA
  Read or Not: Not read, unchanged
OUT
  git init -q .
  refuses rowmark set lima reading <<'OUT'
rowmark: README.md: git does not track this file
hint: git add and commit it first, or use --no-commit
OUT
}

@test "a row that HEAD does not have" {
  reading_list
  sed -i 's/^|ALiBi.*/&\n|New|a|b|c|Not Read|/' README.md
  refuses rowmark set New reading -n <<'OUT'
rowmark: HEAD: README.md#papers has no row 'New'; it is new in the worktree
hint: commit the row first, or use --no-commit
OUT
  refuses rowmark set New reading <<'OUT'
rowmark: HEAD: README.md#papers has no row 'New'; it is new in the worktree
hint: commit the row first, or use --no-commit
OUT
}

@test "a table with conflict markers in it" {
  fresh
  commit_file t.md <<'MD'
| A | Status |
|---|---|
<<<<<<< ours
| x | Todo |
=======
| x | Done |
>>>>>>> theirs
| y | Todo |
MD
  refuses rowmark set LINE:4 Done <<'OUT'
rowmark: t.md:3: a conflict marker stands in the table: the merge is not finished, and rows may be missing or there twice
rowmark: t.md:3: a conflict marker stands in the table
hint: resolve the conflict first: 'rowmark merge --resolve t.md' does it cell by cell
OUT
}

@test "in the middle of a merge" {
  reading_list
  git rev-parse main >.git/MERGE_HEAD
  refuses rowmark set lima reading <<'OUT'
rowmark: a merge is in progress: a commit now would become part of it
hint: finish or abort it first, or use --no-commit or --stage
OUT
}

@test "a locked index" {
  reading_list
  touch .git/index.lock
  refuses rowmark set lima reading <<'OUT'
rowmark: ~/repo/.git/index.lock: another process has been holding this lock for 10 s
hint: if no git is running in this repository, remove that file
OUT
}

@test "a file of another place cannot be written" {
  reading_list
  refuses rowmark set lima read HEAD:README.md <<'OUT'
rowmark: HEAD:README.md: cannot be written
hint: only files of the worktree can
OUT
  refuses rowmark set lima read :README.md <<'OUT'
rowmark: :README.md: cannot be written
hint: only files of the worktree can
OUT
}

@test "unknown commands, options and words, with the nearest" {
  reading_list
  refuses rowmark shwo <<'OUT'
rowmark: unknown command 'shwo'
hint: did you mean 'rowmark show'?
OUT
  refuses rowmark xyzzy <<'OUT'
rowmark: unknown command 'xyzzy'
hint: 'rowmark help' lists the commands
OUT
  refuses rowmark show --colums Paper <<'OUT'
rowmark: show: unknown option '--colums'
hint: did you mean '--columns'?
OUT
  refuses rowmark set -x a b <<'OUT'
rowmark: set: unknown option '-x'
hint: 'rowmark set -h' lists the options; after -- no word is one
OUT
  refuses rowmark show --format jsn <<'OUT'
rowmark: --format: 'jsn' is none of: text md csv tsv json jsonl html
hint: did you mean 'json'?
OUT
  refuses rowmark next -n 0 <<'OUT'
rowmark: --limit: '0' is not a whole number from 1
OUT
  refuses rowmark show --where Paper <<'OUT'
rowmark: --where: 'Paper': wanted COLUMN=VALUE, COLUMN!=VALUE or COLUMN~PART
OUT
  refuses rowmark set lima <<'OUT'
rowmark: set: VALUE is missing
hint: usage: rowmark set ROW... VALUE [FILE[#TABLE]]
OUT
  refuses rowmark done <<'OUT'
rowmark: done: ROW is missing
hint: usage: rowmark done ROW... [FILE[#TABLE]]
OUT
  refuses rowmark add <<'OUT'
rowmark: add: NAME|URL|COLUMN=VALUE is missing
hint: usage: rowmark add NAME|URL|COLUMN=VALUE... [FILE[#TABLE]]
OUT
  refuses rowmark set lima reading -m <<'OUT'
rowmark: --message wants a value: MESSAGE
OUT
  refuses rowmark set lima reading --no-commit --stage <<'OUT'
rowmark: set: --no-commit and --stage exclude each other
OUT
  refuses rowmark -C nowhere ls <<'OUT'
rowmark: -C: cannot enter 'nowhere': No such file or directory
OUT
}

@test "a value that is new in a status column is written, and said" {
  reading_list
  expect 0 rowmark set lima skimmed --no-commit <<'OUT'
rowmark: note: 'skimmed' is new in 'Read or Not', which holds Not Read, Reading, Read
README.md#papers  LIMA
  Read or Not: Not read -> skimmed
OUT
  expect 0 rowmark set lima $'\e[31m' --no-commit <<'OUT'
rowmark: note: '\x1b[31m' is new in 'Read or Not', which holds Not Read, Reading, Read, skimmed
README.md#papers  LIMA
  Read or Not: skimmed -> \x1b[31m
OUT
  expect 0 rowmark set lima other -c 'Why it matters' --no-commit <<'OUT'
README.md#papers  LIMA
  Why it matters: Quality before quantity -> other
OUT
}

@test "the first cross beside ticks is no news, nor is an empty cell" {
  fresh
  printf '| P | Done |\n|---|---|\n| x | ✅ |\n| y | ✅ |\n' | commit_file a.md
  expect 0 rowmark set x ❌ --no-commit <<'OUT'
a.md#1  x
  Done: ✅ -> ❌
OUT
  expect 0 rowmark set x '' --no-commit <<'OUT'
a.md#1  x
  Done: ❌ -> (empty)
OUT
  expect 0 rowmark set x no --no-commit <<'OUT'
rowmark: note: 'no' is new in 'Done', which holds ✅
a.md#1  x
  Done: (empty) -> no
OUT
}

@test "values that no cell can hold" {
  reading_list
  refuses rowmark set lima $'two\nlines' <<'OUT'
rowmark: a cell cannot hold a line break
hint: write <br> where the line should break
OUT
  refuses rowmark set lima $'\xff' <<'OUT'
rowmark: the value is not UTF-8: byte 1
OUT
}
