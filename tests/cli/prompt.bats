# The prompt of `rowmark sql`, on a terminal of its own.

load common

prompt() {
  command -v python3 >/dev/null || skip "no python3"
  TERM=xterm "$TOP/tests/cli/pty" rowmark --color=never sql
}

@test "tables, a SELECT over two lines, an UPDATE that commits, an error that ends nothing" {
  reading_list
  run prompt <<'KEYS'
wait rowmark>
.tables
wait papers
wait rowmark>
.schema papers
wait CREATE TABLE "papers"("Paper" TEXT
wait rowmark>
SELECT count(*) AS how_many
wait ...>
FROM papers;
wait 13
wait rowmark>
SELECT missing;
wait no such column: missing
wait rowmark>
UPDATE papers SET "Read or Not" = 'Read' WHERE Paper = 'LoRA';
wait 1 row changed
wait papers: 1 row changed
wait rowmark>
SELECT "Read or Not" AS now FROM papers WHERE Paper = 'LoRA';
wait now
wait Read
wait rowmark>
^D
KEYS
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(git diff --numstat HEAD~1 HEAD)" = "$(printf '1\t1\tREADME.md')" ]
  is_clean
}

@test "Ctrl-C stops the query alone, or drops the lines typed so far" {
  reading_list
  run prompt <<'KEYS'
wait rowmark>
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM r) SELECT count(*) FROM r;
pause
^C
wait interrupted
wait rowmark>
SELECT 'half
wait ...>
^C
wait ^C
wait rowmark>
SELECT 'who' || 'le';
wait whole
wait rowmark>
.quit
KEYS
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "a ';' inside a string or a comment ends nothing; UTF-8 is typed as it is" {
  reading_list
  run prompt <<'KEYS'
wait rowmark>
SELECT 'é;' -- not yet;
wait ...>
|| 'ü' AS x;
wait é;ü
wait rowmark>
^D
KEYS
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "where there is no locale of UTF-8, letters are typed as they are too" {
  reading_list
  LC_ALL=C LOCPATH=/nowhere run prompt <<'KEYS'
wait rowmark>
SELECT 'é;' || 'ü' AS x;
wait é;ü
wait rowmark>
^D
KEYS
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "each statement reads the files anew" {
  reading_list
  run prompt <<'KEYS'
wait rowmark>
SELECT count(*) AS a FROM papers WHERE Paper = 'LoRA';
wait a
wait 1
wait rowmark>
run sed -i 's/LoRA/LoRA2/' README.md
SELECT Paper AS b FROM papers WHERE Paper LIKE 'LoRA%';
wait LoRA2
wait rowmark>
^D
KEYS
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the history is kept, for its owner alone" {
  [ -z "${ROWMARK_TEST_BARE:-}" ] || skip "no locale of UTF-8 there"
  reading_list
  prompt <<'KEYS'
wait rowmark>
SELECT 42;
wait 42
wait rowmark>
^D
KEYS
  [ "$(stat -c %a "$HOME/.local/state/rowmark/sql_history")" = 600 ]
  grep -q 'SELECT.*42' "$HOME/.local/state/rowmark/sql_history"
}
