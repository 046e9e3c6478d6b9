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

# connected: a Python program on standard input, with a connection db that has the extension.
connected() {
  {
    cat <<'PY'
import os, sqlite3

db = sqlite3.connect(":memory:", isolation_level=None)
db.enable_load_extension(True)
db.load_extension(os.environ["ROWMARK_EXTENSION"])


def tried(*words):
    try:
        print(db.execute(*words).fetchall())
    except sqlite3.Error as e:
        print(type(e).__name__, e)


def write(name, *lines):
    with open(name, "w") as f:
        f.write("\n".join(lines) + "\n")


def lines(name):
    print([line for line in open(name).read().split("\n") if line.startswith("|")][2:])
PY
    cat
  } >"$HOME/program.py"
  python "$HOME/program.py"
}

@test "columns that changed under the extension are refused, each time, until they are back" {
  extension
  fresh
  run connected <<'PY'
write("a.md", "| K | V |", "|---|---|", "| x | 1 |")
db.execute("CREATE VIRTUAL TABLE temp.a USING rowmark('a.md', writable)")
tried("SELECT * FROM a")
for head in "| V | K |", "| K | W |", "| K |" + " c |" * 399:
    write("a.md", head, "|---" * (head.count("|") - 1) + "|", "| y | 2 |")
    for statement in "SELECT * FROM a", "UPDATE a SET V = 9", "INSERT INTO a VALUES ('z', 3)", "SELECT * FROM a":
        tried(statement)
    lines("a.md")
write("a.md", "no table")
tried("SELECT * FROM a WHERE K = 'x'")
tried("INSERT INTO a VALUES ('z', 3)")
write("a.md", "| K | V |", "|---|---|", "| x | 1 |", "| y | 2 |")
tried("UPDATE a SET V = 9 WHERE K = 'y'")
lines("a.md")
PY
  [ "$status" -eq 0 ]
  local other="OperationalError a.md has other columns now; drop and create it again" none="OperationalError a.md holds 0 tables; name one: FILE#TABLE"
  diff -u - <(printf '%s\n' "$output") <<OUT
[('x', '1')]
$other
$other
$other
$other
['| y | 2 |']
$other
$other
$other
$other
['| y | 2 |']
$other
$other
$other
$other
['| y | 2 |']
$none
$none
[]
['| x | 1 |', '| y | 9 |']
OUT
}

@test "what others wrote is read before a row is added, and what is being read stays" {
  extension
  fresh
  run connected <<'PY'
def rows(*v):
    write("a.md", "| K | V |", "|---|---|", *("| %s | %s |" % r for r in v))


rows(("x", 1))
db.execute("CREATE VIRTUAL TABLE temp.a USING rowmark('a.md', writable)")
rows(("x", 1), ("y", 2))
tried("INSERT INTO a VALUES ('z', 3)")
rows(("x", 1), ("y", 7))
tried("INSERT INTO a VALUES ('w', 4)")
lines("a.md")
# Of the same size, in the same instant.
for i in range(100, 600):
    rows(("x", i))
    if db.execute("SELECT V FROM a").fetchall() != [(str(i),)]:
        print("an old reading", i)
rows(("x", 1), ("y", 8), ("w", 4))
tried("SELECT V FROM a")
# A loop over the rows that writes: what would renumber them is refused.
for (k,) in db.execute("SELECT K FROM a"):
    tried("UPDATE a SET V = 'seen' WHERE K = ?", (k,))
lines("a.md")
for (n,) in db.execute("SELECT rowid FROM a"):
    tried("DELETE FROM a WHERE rowid = ?", (n,))
    break
loop = db.execute("SELECT rowid, K FROM a")
print(next(loop))
rows(("w", 4), ("x", 1))
tried("UPDATE a SET V = 'wrong' WHERE rowid = 1")
print(loop.fetchall())
tried("UPDATE a SET V = 'right' WHERE rowid = 1")
lines("a.md")
PY
  [ "$status" -eq 0 ]
  diff -u - <(printf '%s\n' "$output") <<'OUT'
[]
[]
['| x | 1 |', '| y | 7 |', '| w | 4 |']
[('1',), ('8',), ('4',)]
[]
[]
[]
['| x | seen |', '| y | seen |', '| w | seen |']
OperationalError a.md: rows cannot go while a statement still reads the table; finish that one first
(1, 'x')
OperationalError a.md has changed while a statement still reads it; finish that one first
[(2, 'y'), (3, 'w')]
[]
['| w | right |', '| x | 1 |']
OUT
}

@test "a reference between two tables of a connection is held to" {
  extension
  fresh
  run connected <<'PY'
write("people.md", "<!-- rowmark: people; Name: key -->", "", "| Name |", "|------|", "| Ada |")
write("tasks.md", "<!-- rowmark: tasks; Task: key; Who: ref people -->", "", "| Task | Who |", "|------|-----|", "| t1 | Ada |")
db.execute("CREATE VIRTUAL TABLE temp.tasks USING rowmark('tasks.md', writable)")
db.execute("CREATE VIRTUAL TABLE temp.people USING rowmark('people.md', writable)")
tried("UPDATE tasks SET Who = 'Bob'")
tried("DELETE FROM people")
tried("INSERT INTO people VALUES ('Bob')")
tried("UPDATE tasks SET Who = 'Bob'")
write("people.md", "<!-- rowmark: people; Name: key -->", "", "| Name |", "|------|", "| Bob |", "| Cy |")
tried("UPDATE tasks SET Who = 'Ada'")
tried("UPDATE tasks SET Who = 'Cy'")
lines("tasks.md")
PY
  [ "$status" -eq 0 ]
  [ "$(grep -c foreign-key <<<"$output")" -eq 3 ]
  [ "${lines[0]#*\[foreign-key\]}" != "${lines[0]}" ] && [ "${lines[1]#*\[foreign-key\]}" != "${lines[1]}" ]
  [ "${lines[2]}${lines[3]}" = '[][]' ]
  [ "${lines[5]}${lines[6]}" = "[]['| t1 | Cy |']" ]
}

@test "a quote in a file's name, a path fixed when the table is made, the host's own REGEXP" {
  extension
  fresh
  run connected <<'PY'
write("it's.md", "| K |", "|---|", "| x |")
db.execute("CREATE VIRTUAL TABLE temp.a USING rowmark('it''s.md', writable)")
db.execute("CREATE VIRTUAL TABLE temp.b USING rowmark(\"it's.md\")")
os.mkdir("away")
os.chdir("away")
write("it's.md", "| K |", "|---|", "| wrong |")
tried("UPDATE a SET K = 'y'")
tried("SELECT K, _file FROM b")
lines("../it's.md")
tried("SELECT 'abc' REGEXP 'B'")
own = sqlite3.connect(":memory:")
own.create_function("regexp", 2, lambda pattern, text: pattern.lower() in text)
own.enable_load_extension(True)
own.load_extension(os.environ["ROWMARK_EXTENSION"])
print(own.execute("SELECT 'abc' REGEXP 'B'").fetchall())
PY
  [ "$status" -eq 0 ]
  diff -u - <(printf '%s\n' "$output") <<'OUT'
[]
[('y', "it's.md")]
['| y |']
[(0,)]
[(1,)]
OUT
}
