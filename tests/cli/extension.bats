# docs/sql.md as printed, and the loadable extension in Python.

load common

extension() {
  [ -z "${ROWMARK_SAN-}" ] || skip "a sanitized library needs a sanitized host"
  export ROWMARK_EXTENSION=${ROWMARK%/*}/rowmark
}

# A Python whose sqlite3 module can load extensions.
python() {
  local p
  for p in python3 /usr/bin/python3; do
    command -v "$p" >/dev/null || continue
    "$p" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null || continue
    "$p" "$@"
    return
  done
  skip "no Python whose sqlite3 loads extensions"
}

@test "docs/sql.md prints what it says" {
  extension
  command -v sqlite3 >/dev/null || skip "no sqlite3 shell"
  reading_list
  "$TOP/tests/cli/console" blocks "$TOP/docs/sql.md" >"$HOME/want"
  grep -q '^\$ ' "$HOME/want"
  "$TOP/tests/cli/console" play <"$HOME/want" | diff -u "$HOME/want" -
}

@test "docs/sql.md's Python runs" {
  extension
  reading_list
  awk '/^```python$/ { on = 1; next } /^```$/ { on = 0 } on' "$TOP/docs/sql.md" >"$HOME/example.py"
  [ "$(python "$HOME/example.py")" = 'GPT-3 https://arxiv.org/abs/2005.14165' ]
}

@test "Python writes through the extension, when asked to, and sees others' writes" {
  extension
  reading_list
  cat >"$HOME/write.py" <<'PY'
import os, sqlite3

db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(os.environ["ROWMARK_EXTENSION"])
db.execute("CREATE VIRTUAL TABLE temp.shown USING rowmark('README.md#papers')")
db.execute("CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers', writable)")
try:
    db.execute("UPDATE shown SET Paper = 'x'")
    print("not refused")
except sqlite3.Error as e:
    print(e)
db.rollback()
db.execute("UPDATE papers SET \"Read or Not\" = ? WHERE Paper = ?", ("Read", "LoRA"))
print(db.execute("SELECT _status FROM papers WHERE Paper = 'LoRA'").fetchone()[0])
db.rollback()
print(db.execute("SELECT _status FROM papers WHERE Paper = 'LoRA'").fetchone()[0])
with db:
    db.execute("UPDATE papers SET \"Read or Not\" = ? WHERE Paper = ?", ("Read", "LoRA"))
print(db.execute("SELECT _status FROM shown WHERE Paper = 'LoRA'").fetchone()[0])
PY
  python "$HOME/write.py" >"$HOME/got"
  diff -u - "$HOME/got" <<'OUT'
README.md#papers was opened for reading only
done
todo
done
OUT
  [ "$(git diff --numstat)" = "$(printf '1\t1\tREADME.md')" ]
}

@test "the extension holds to what a table declares" {
  extension
  command -v sqlite3 >/dev/null || skip "no sqlite3 shell"
  fresh
  printf '<!-- rowmark: t; A: key; N: integer, max 5 -->\n\n| A | N |\n|---|---|\n| x | 1 |\n' | commit_file README.md
  run sqlite3 :memory: ".load $ROWMARK_EXTENSION" "CREATE VIRTUAL TABLE temp.t USING rowmark('README.md#t', writable)" \
    'UPDATE t SET N = 9'
  [[ $output == *constraint-range* ]]
  is_clean
  sqlite3 :memory: ".load $ROWMARK_EXTENSION" "CREATE VIRTUAL TABLE temp.t USING rowmark('README.md#t', writable)" \
    'UPDATE t SET N = 5'
  grep -qx '| x | 5 |' README.md
}

# in_sqlite STATEMENT...: with the tables a and b of README.md, and c of other.md.
in_sqlite() {
  sqlite3 :memory: ".load $ROWMARK_EXTENSION" "CREATE VIRTUAL TABLE temp.a USING rowmark('README.md#a', writable)" \
    "CREATE VIRTUAL TABLE temp.b USING rowmark('./README.md#b', writable)" \
    "CREATE VIRTUAL TABLE temp.c USING rowmark('other.md', writable)" "$@"
}

@test "a transaction over several tables and files is written whole, or not at all" {
  extension
  command -v sqlite3 >/dev/null || skip "no sqlite3 shell"
  fresh
  printf '# A\n\n| K | V |\n|---|---|\n| x | 1 |\n\n# B\n\n| K | V |\n|---|---|\n| y | 1 |\n' | commit_file README.md
  printf '<!-- rowmark: c; V: integer, max 5 -->\n\n| K | V |\n|---|---|\n| z | 1 |\n' | commit_file other.md

  in_sqlite "BEGIN; UPDATE a SET V = 2; INSERT INTO b VALUES ('w', 3); UPDATE c SET V = 4; COMMIT"
  [ "$(grep '^| [w-z]' README.md other.md)" = 'README.md:| x | 2 |
README.md:| y | 1 |
README.md:| w | 3 |
other.md:| z | 4 |' ]

  # What one of them must not hold keeps all from being written.
  git commit -qam two
  run in_sqlite "BEGIN; UPDATE a SET V = 8; UPDATE b SET V = 8; UPDATE c SET V = 8; COMMIT"
  [[ $output == *constraint-range* ]]
  is_clean

  # So does a file that somebody else has changed.
  run in_sqlite "BEGIN; UPDATE a SET V = 5; UPDATE c SET V = 5" ".shell echo >>other.md" "COMMIT"
  [[ $output == *other.md* ]]
  [ "$(git status --porcelain)" = ' M other.md' ]
  git checkout -q other.md

  # And what was changed and changed back is read anew.
  run in_sqlite "BEGIN; UPDATE a SET V = 7; UPDATE a SET V = 2; COMMIT" \
    ".shell sed -i 's/| x | 2 |/| x | 99 |/' README.md" "SELECT V FROM a"
  [ "$output" = 99 ]
}
