# sql: ask and change, in one transaction and one commit.

load common

@test "a GROUP BY on the list" {
  reading_list
  expect 0 rowmark sql 'SELECT "Read or Not", count(*) AS n FROM papers GROUP BY 1 ORDER BY 2' <<'OUT'
Read or Not  n
Reading      1
Read         2
Not read     3
Not Read     7
OUT
}

@test "a table that is not there: those that are" {
  reading_list
  expect 2 rowmark sql 'SELECT * FROM paper' <<'OUT'
rowmark: no such table: paper
hint: the tables are "papers", "README.md#papers"
OUT
  expect 2 rowmark sql 'SELECT Papre FROM papers' <<'OUT'
rowmark: no such column: Papre
OUT
}

@test "formats" {
  reading_list
  rowmark sql --json 'SELECT Paper, _line FROM papers LIMIT 1' |
    jq -e '.version == 1 and .rows[0].Paper == "Transformer" and (.rows[0]._line | type) == "number"'
  expect 0 rowmark sql --format csv "SELECT Paper, NULL AS x FROM papers WHERE Paper = 'LoRA'" <<'OUT'
Paper,x
LoRA,
OUT
  rowmark sql --format jsonl "SELECT NULL AS x" | jq -e '.x == null'
  rowmark sql --format md "SELECT Paper FROM papers LIMIT 1" | grep -q '^| Transformer *|$'
}

@test "one UPDATE of many rows: one commit, only those cells" {
  reading_list
  expect 0 rowmark sql "UPDATE papers SET \"Read or Not\" = 'Not read' WHERE \"Read or Not\" = 'Not Read'" <<'OUT'
README.md#papers  7 rows changed
[main 0a39a19] papers: 7 rows changed
OUT
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '7\t7\tREADME.md')" ]
  [ "$(git diff --word-diff=porcelain --word-diff-regex=. HEAD~1 HEAD | grep -c '^-R$')" -eq 7 ]
  is_clean
}

@test "INSERT and DELETE are one line each" {
  reading_list
  rowmark sql "INSERT INTO papers (Paper, Link) VALUES ('Gopher', '[Link](https://arxiv.org/abs/2112.11446)')"
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '1\t0\tREADME.md')" ]
  rowmark sql "DELETE FROM papers WHERE Paper = 'Gopher'"
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '0\t1\tREADME.md')" ]
  [ -z "$(git diff HEAD~2 HEAD)" ]
}

@test "all statements or none" {
  reading_list
  run rowmark sql "DELETE FROM papers; SELECT missing"
  [ "$status" -eq 2 ]
  is_clean
  [ "$(git rev-list --count HEAD)" -eq 1 ]
}

@test "what is dirty and staged is left alone" {
  reading_list
  echo other >other.txt
  git add other.txt
  sed -i 's/^What I want/What we want/' README.md
  rowmark sql "UPDATE papers SET \"Read or Not\" = 'Read' WHERE Paper = 'LoRA'; INSERT INTO papers (Paper) VALUES ('Gopher')"
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '2\t1\tREADME.md')" ]
  git diff --cached --name-only | grep -qx other.txt
  git diff | grep -q '^+What we want'
}

@test "several files in one transaction are one commit" {
  fresh
  printf '## A\n\n| K | V |\n|---|---|\n| x | 1 |\n' >a.md
  printf '## B\n\n| K | V |\n|---|---|\n| x | 2 |\n' >b.md
  git add .
  git commit -q -m both
  rowmark sql "UPDATE a SET V = (SELECT V FROM b WHERE b.K = a.K); UPDATE b SET V = 'new'"
  grep -qx '| x | 2 |' a.md
  grep -qx '| x | new |' b.md
  [ "$(git diff --name-only HEAD~1 HEAD | wc -l)" -eq 2 ]
  is_clean
}

@test "a look-up by key sees what the transaction did before" {
  fresh
  printf '# T\n\n| K | V |\n|---|---|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n' | commit_file README.md
  rowmark sql -n --format csv "SELECT V FROM t WHERE K = 'b'; DELETE FROM t WHERE K = 'b';
    SELECT count(*) FROM t WHERE K = 'b'; INSERT INTO t VALUES ('b', 9); SELECT V FROM t WHERE K = 'b';
    UPDATE t SET V = 7 WHERE K = 'b'; SELECT V FROM t WHERE K = 'b'; UPDATE t SET K = 'x' WHERE K = 'a';
    SELECT count(*) FROM t WHERE K = 'a'; SELECT V FROM t WHERE K = 'x'; SAVEPOINT s; DELETE FROM t;
    SELECT count(*) FROM t WHERE K = 'c'; UPDATE t SET K = 'c'; ROLLBACK TO s; SELECT V FROM t WHERE K = 'c';
    DELETE FROM t WHERE K = 'c'; INSERT INTO t VALUES ('c', 5); ROLLBACK TO s; SELECT V FROM t WHERE K = 'c'" |
    grep -E '^[0-9]+$' | tr '\n' ' ' >"$HOME/got"
  [ "$(cat "$HOME/got")" = '2 0 9 7 0 1 0 3 3 ' ]
}

@test "tables that share a name go by their address" {
  fresh
  printf '## T\n\n| K |\n|---|\n| x |\n' >a.md
  printf '## T\n\n| K |\n|---|\n| y |\n' >b.md
  git add .
  git commit -q -m both
  run rowmark sql 'SELECT * FROM t'
  [ "$status" -eq 2 ]
  [ "$(rowmark sql --format csv 'SELECT * FROM "b.md#t"' | tail -1)" = y ]
}

@test "of files whose names differ in case alone none is taken for the other" {
  fresh
  printf '## T\n\n| K |\n|---|\n| upper |\n' >A.md
  printf '## T\n\n| K |\n|---|\n| lower |\n' >a.md
  [ "$(cat A.md)" != "$(cat a.md)" ] || skip "one file here"
  git add . && git commit -q -m both
  expect 2 rowmark sql "UPDATE \"a.md#t\" SET K = 'x'" <<'OUT'
rowmark: no such table: a.md#t
hint: two are called so, and SQL does not tell case apart: name the file with -f
OUT
  [ "$(rowmark sql --format tsv -f a.md 'SELECT K FROM t' | tail -1)" = lower ]
}

@test "FILE#TABLE narrows to the table; a file named twice is one file" {
  reading_list
  printf '\n## More\n\n| K |\n|---|\n| x |\n' >>README.md
  git commit -qam more
  names='SELECT group_concat(name) AS names FROM sqlite_schema'
  [ "$(rowmark sql --format tsv -f README.md#more "$names" | tail -1)" = 'more,README.md#more' ]
  [ "$(rowmark sql --format tsv "$names" '#more' | tail -1)" = 'more,README.md#more' ]
  expect 2 rowmark sql -f README.md#more 'SELECT * FROM papers' <<'OUT'
rowmark: no such table: papers
hint: the tables are "more", "README.md#more"
OUT
  run rowmark sql -f README.md#nothing 'SELECT 1'
  [ "$status" -eq 2 ]
  [[ $output == *"no table 'nothing'"* ]]
  expect 0 rowmark sql --no-commit "UPDATE more SET K = 'y'; UPDATE papers SET Paper = 'new' WHERE Paper = 'LoRA'" \
    README.md#more README.md#papers <<'OUT'
README.md#papers  1 row changed
README.md#more  1 row changed
OUT
  [ "$(git diff --numstat)" = "$(printf '2\t2\tREADME.md')" ]
}

@test "without any table there is SQL still" {
  fresh
  [ "$(rowmark sql --format tsv 'SELECT 6 * 7 AS x' | tail -1)" = 42 ]
  expect 2 rowmark sql 'SELECT * FROM x' <<'OUT'
rowmark: no such table: x
hint: no table was found in the files read
OUT
}

@test "UPDATE ... FROM changes what it names" {
  fresh
  printf '## A\n\n| K | V |\n|---|---|\n| x | [l](u) |\n| y | *old* |\n' >a.md
  printf '## B\n\n| K | V |\n|---|---|\n| y | new |\n' >b.md
  git add . && git commit -q -m both
  rowmark sql --no-commit "UPDATE a SET V = b.V FROM b WHERE b.K = a.K"
  [ "$(git diff -U0 | grep '^[-+][^-+]')" = "$(printf -- '-| y | *old* |\n+| y | new |')" ]
  rowmark sql --no-commit "UPDATE a SET K_raw = '*' || b.K || '*' FROM b WHERE b.K = a.K"
  [ "$(tail -1 a.md)" = '| *y* | new |' ]
  expect 2 rowmark sql "UPDATE a SET V_url = b.V FROM b" <<'OUT'
rowmark: a.md#a: V_url is made from what stands in the row and cannot be written; write V, as Markdown
OUT
}

@test "views and triggers of a statement's own reach the tables" {
  reading_list
  [ "$(rowmark sql --format tsv 'CREATE VIEW v AS SELECT count(*) AS n FROM papers; SELECT n FROM v' | tail -1)" -eq 13 ]
  rowmark sql --no-commit "CREATE TABLE t(p); CREATE TRIGGER g AFTER INSERT ON t BEGIN
    DELETE FROM papers WHERE Paper = new.p; END; INSERT INTO t VALUES ('LoRA'), ('ALiBi')"
  [ "$(git diff --numstat)" = "$(printf '0\t2\tREADME.md')" ]
}

@test "parameters never need quoting" {
  reading_list
  [ "$(rowmark sql --format csv 'SELECT Paper FROM papers WHERE Paper = :p' -p 'p=LoRA' | tail -1)" = LoRA ]
  [ "$(rowmark sql --format csv 'SELECT ?' -p "1=it's" | tail -1)" = "it's" ]
  run rowmark sql 'SELECT :q'
  [ "$status" -eq 2 ]
  [[ $output == *":q"* ]]
}

@test "statements from standard input" {
  reading_list
  [ "$(echo 'SELECT count(*) FROM papers' | rowmark sql --format csv - | tail -1)" -eq 13 ]
}

@test "--dry-run prints the diff; --no-commit writes the file; --stage the index" {
  reading_list
  local update="UPDATE papers SET \"Read or Not\" = 'Read' WHERE Paper = 'LoRA'"
  rowmark sql -n "$update" | grep -q '^+|LoRA'
  is_clean
  rowmark sql --no-commit "$update"
  [ "$(git status --porcelain)" = ' M README.md' ]
  git checkout -q README.md
  rowmark sql --stage "$update"
  [ "$(git status --porcelain)" = 'M  README.md' ]
}

@test "hostile statements reach nothing" {
  reading_list
  for s in "ATTACH '$HOME/x.db' AS x" "VACUUM INTO '$HOME/x.db'" 'PRAGMA writable_schema=1' \
    "SELECT load_extension('x')" "SELECT readfile('/etc/passwd')" "SELECT writefile('$HOME/x.db', 'x')" \
    "CREATE VIRTUAL TABLE x USING rowmark('/etc/passwd')" "SELECT * FROM pragma_database_list" \
    'ALTER TABLE papers RENAME TO x' 'DROP TABLE papers' 'CREATE INDEX x ON papers (Paper)' 'DELETE FROM sqlite_master' \
    "SELECT 'a' REGEXP '(a)\1'" "SELECT 'a' REGEXP '((a{1,99}){1,99}){1,99}'" \
    "SELECT 'a' REGEXP '((a{99,}){99,}){99,}'" "SELECT zeroblob(200000000)"; do
    run rowmark sql "$s"
    [ "$status" -eq 2 ] || { echo "$s: $output"; return 1; }
    [ ! -e "$HOME/x.db" ]
  done
  is_clean
}

@test "a runaway query stops at --timeout, and at Ctrl-C" {
  reading_list
  local forever='WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM r) SELECT count(*) FROM r'
  run timeout 10 "$ROWMARK" sql --timeout 100 "$forever"
  [ "$status" -eq 2 ]
  [[ $output == *"longer than 100 ms"* ]]
  # 124: ended by the interrupt; 137: killed, ten seconds later.
  run timeout -s INT -k 10 1 "$ROWMARK" sql "$forever"
  [ "$status" -eq 124 ]
  [ "$output" = 'rowmark: interrupted' ]
}

@test "the loadable extension under the real sqlite3 shell" {
  command -v sqlite3 >/dev/null || skip "no sqlite3 shell"
  [ -z "${ROWMARK_SAN-}" ] || skip "a sanitized library needs a sanitized host"
  local ext=${ROWMARK%/*}/rowmark
  [ -e "$ext.so" ] || skip "not built: make all"
  reading_list
  [ "$(sqlite3 :memory: ".load $ext" "CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers')" \
    'SELECT count(*) FROM papers WHERE _status = '\''todo'\')" -eq 10 ]
  run sqlite3 :memory: ".load $ext" "CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers')" \
    "UPDATE papers SET Paper = 'x'"
  [[ $output == *"for reading only"* ]]
  is_clean
  sqlite3 :memory: ".load $ext" "CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers', writable)" \
    "UPDATE papers SET \"Read or Not\" = 'Read' WHERE Paper = 'LoRA'" 'SELECT count(*) FROM papers'
  [ "$(git diff --numstat)" = "$(printf '1\t1\tREADME.md')" ]
  run sqlite3 :memory: ".load $ext" "CREATE VIRTUAL TABLE temp.x USING rowmark('nothing.md')"
  [[ $output == *nothing.md* ]]
}

@test "declared constraints are enforced, and the error names row, column and rule" {
  fresh
  printf '<!-- rowmark: papers\nPaper: key\nScore: integer, min 1, max 5\nArea: enum = NLP, Vision\nOn: ref areas\nLink: link, required, unique\n-->\n\n| Paper | Score | Area | On | Link |\n|---|---|---|---|---|\n| LoRA | 4 | NLP | a1 | [l](u) |\n| LIMA | 3 | NLP | a1 | [m](v) |\n' >a.md
  printf '<!-- rowmark: areas; Id: key -->\n\n| Id |\n|---|\n| a1 |\n' >b.md
  git add .
  git commit -q -m both
  while IFS='|' read -r rule statement; do
    run rowmark sql "$statement"
    [ "$status" -eq 2 ] || { echo "allowed: $statement"; return 1; }
    [[ $output == *"$rule"* ]] || { echo "$statement: $output"; return 1; }
    is_clean
  done <<'CASES'
constraint-range|UPDATE papers SET Score = 9 WHERE Paper = 'LIMA'
type-error|UPDATE papers SET Score = 'high' WHERE Paper = 'LIMA'
Vision|UPDATE papers SET Area = 'Audio' WHERE Paper = 'LIMA'
foreign-key|UPDATE papers SET "On" = 'a2' WHERE Paper = 'LIMA'
foreign-key|DELETE FROM areas
primary-key|INSERT INTO papers VALUES ('LoRA', 1, 'NLP', 'a1', '[x](y)')
primary-key|INSERT INTO papers VALUES ('', 1, 'NLP', 'a1', '[x](y)')
constraint-required|INSERT INTO papers (Paper, Score, Area, "On") VALUES ('new', 1, 'NLP', 'a1')
unique-error|UPDATE papers SET Link_raw = '[l](u)' WHERE Paper = 'LIMA'
CASES
  rowmark sql "INSERT INTO areas VALUES ('a2'); UPDATE papers SET \"On\" = 'a2', Score = 5 WHERE Paper = 'LIMA'"
  grep -qx '| LIMA | 5 | NLP | a2 | \[m\](v) |' a.md
}

@test "a declared value may be typed as it is seen" {
  fresh
  printf '<!-- rowmark: t; A: key; S: status = \\*x\\* < y -->\n\n| A | S |\n|---|---|\n| 1 | y |\n' | commit_file README.md
  rowmark sql "UPDATE t SET S = '*x*'"
  [ "$(tail -1 README.md)" = '| 1 | \*x\* |' ]
}

@test "set is held to the declaration too; what was wrong before may stay" {
  fresh
  printf '<!-- rowmark: t; A: key; N: integer, max 5; S: status = Open < Closed -->\n\n| A | N | S |\n|---|---|---|\n| x | 9 | Open |\n| y | 2 | Open |\n' | commit_file README.md
  run rowmark set y 7 -c N
  [ "$status" -eq 2 ]
  [[ $output == *constraint-range* ]]
  rowmark set x closed
  is_clean
}

@test "what was not written is not told as changed" {
  reading_list
  UPDATE="UPDATE papers SET \"Read or Not\" = 'Read' WHERE Paper = 'LIMA'"
  expect 2 rowmark sql "$UPDATE" HEAD:README.md <<'OUT'
rowmark: HEAD:README.md: cannot be written
hint: only files of the worktree can
OUT
  expect 2 rowmark adopt HEAD:README.md#courses <<'OUT'
rowmark: HEAD:README.md: cannot be written
hint: only files of the worktree can
OUT
}

@test "what SQL makes keeps every format whole" {
  fresh
  Q="SELECT 'a|' || char(13, 10) || 'b' AS \"x|y\", char(27) || '[1m' AS e, 9e999 AS i, -9e999 AS n"
  expect 0 rowmark sql --format md "$Q" <<OUT
| x\|y     | e   |   i |    n |
| -------- | --- | --: | ---: |
| a\|<br>b | $(printf '\033')[1m | Inf | -Inf |
OUT
  expect 0 rowmark sql "$Q" <<'OUT'
x|y          e          i     n
a|\x0d\x0ab  \x1b[1m  Inf  -Inf
OUT
  [ "$(rowmark sql --json "$Q" | jq -c '.rows[0] | [.i > 1e300, .n < -1e300]')" = '[true,true]' ]
}

@test "with --json an answer is all that is printed" {
  reading_list
  UPDATE="UPDATE papers SET \"Read or Not\" = 'Read' WHERE Paper = 'LIMA'"
  expect 0 rowmark sql --json "$UPDATE; SELECT count(*) AS n FROM papers" <<<'{"version":1,"rows":[{"n":13}]}'
  [ "$(git log -1 --format=%s)" = 'papers: 1 row changed' ]
}


@test "OR REPLACE and OR IGNORE go by the column that names rows, declared or not" {
  fresh
  printf '# A\n\n| K | V | W |\n|---|---|---|\n| [x](u) | 1 | one |\n| y | 2 | two |\n| z | 3 |  |\n| z | 4 |  |\n' | commit_file a.md
  rows() { tail -n +5 a.md | tr '\n' ' '; }
  rowmark sql --no-commit "INSERT OR IGNORE INTO a VALUES ('X', 9, '')" -f a.md
  is_clean
  rowmark sql --no-commit "INSERT OR IGNORE INTO a VALUES ('w', 9, ''), ('w', 8, ''), ('', 7, ''), ('', 6, '')" -f a.md
  [ "$(rows)" = '| [x](u) | 1 | one | | y | 2 | two | | z | 3 |  | | z | 4 |  | | w | 9 |  | | | 7 |  | | | 6 |  | ' ]
  git checkout -q a.md
  rowmark sql --no-commit "REPLACE INTO a (K, V) VALUES ('x', 5), ('y', 5), ('y', 6), ('v', 7)" -f a.md
  [ "$(rows)" = '| [x](u) | 5 |  | | y | 6 |  | | z | 3 |  | | z | 4 |  | | v | 7 |  | ' ]
  git checkout -q a.md
  run rowmark sql "REPLACE INTO a (K, V) VALUES ('z', 5)" -f a.md
  [ "$status" -eq 2 ]
  [[ $output == *"several rows have this key"* ]]
  run rowmark sql "UPDATE OR REPLACE a SET K = 'y' WHERE V = 1" -f a.md
  [ "$status" -eq 2 ]
  [[ $output == *"another row has this key already"* ]]
  rowmark sql --no-commit "UPDATE OR IGNORE a SET K = 'y', V = 8 WHERE V = 1" -f a.md
  is_clean
  rowmark sql --no-commit "DELETE FROM a WHERE K = 'y'; INSERT OR IGNORE INTO a VALUES ('y', 5, '')" -f a.md
  [[ $(rows) == *'| y | 5 |  | ' ]]
  # Plain INSERT appends, as it says.
  git checkout -q a.md
  rowmark sql --no-commit "INSERT INTO a VALUES ('y', 5, '')" -f a.md
  [ "$(grep -c '^| y ' a.md)" -eq 2 ]
}

@test "a row that is moved to another table keeps its links and markup" {
  fresh
  printf '# To read\n\n| Paper | Link | Status |\n|---|---|---|\n| **LoRA** | [Link](a) | todo |\n| *LIMA* | [Link](b) | `todo` |\n' | commit_file a.md
  printf '# Read\n\n| Paper | Status | Link | Note |\n|---|---|---|---|\n| x | done | y | z |\n' | commit_file b.md
  # moved STATEMENT: the rows that it adds to b.md.
  moved() {
    git checkout -q b.md
    rowmark sql --no-commit "$1" -f a.md -f b.md >/dev/null || return
    tail -n +6 b.md
  }
  local all=$'| **LoRA** | todo | [Link](a) | |\n| *LIMA* | `todo` | [Link](b) | |'
  [ "$(moved 'INSERT INTO read (Paper, Link, Status) SELECT * FROM "to-read"; DELETE FROM "to-read"')" = "$all" ]
  [ "$(tail -n +4 a.md)" = '|---|---|---|' ]
  git checkout -q a.md
  # Read whole before it is written, or through a view.
  [ "$(moved 'INSERT INTO read (Paper, Link, Status) SELECT * FROM "to-read" ORDER BY Paper DESC')" = "$all" ]
  [ "$(moved 'INSERT INTO read (Paper, Link, Status) SELECT * FROM "to-read" UNION SELECT 1, 2, 3 WHERE 0 ORDER BY 1 DESC')" = "$all" ]
  [ "$(moved 'CREATE VIEW v AS SELECT * FROM "to-read"; INSERT INTO read (Paper, Link, Status) SELECT * FROM v')" = "$all" ]
  # Only what a column of the same name holds, and only as it was read.
  [ "$(moved "INSERT INTO read SELECT lower(Paper), 'done', Link, Paper FROM \"to-read\" WHERE Link_url = 'b'")" = '| lima | done | [Link](b) | LIMA |' ]
  [ "$(moved "INSERT INTO read VALUES ('LoRA', 'todo', 'Link', '')")" = '| LoRA | todo | Link | |' ]
  [ "$(moved "INSERT INTO read (Paper, Link) VALUES ('new', (SELECT Link FROM \"to-read\" WHERE Paper = 'LIMA'))")" = '| new | | [Link](b) | |' ]
  # What cannot be known is not guessed.
  run moved 'INSERT INTO read (Link) SELECT Link FROM "to-read" ORDER BY Paper'
  [ "$status" -eq 2 ]
  [[ $output == *"select \"Link_raw\""* ]]
  [ "$(moved 'INSERT INTO read (Link) SELECT Link_raw FROM "to-read" ORDER BY Paper')" = $'| | | [Link](b) | |\n| | | [Link](a) | |' ]
  # What is shown stays the text.
  [ "$(rowmark sql 'SELECT Paper FROM "to-read"' --format csv -f a.md)" = $'Paper\nLoRA\nLIMA' ]
}
