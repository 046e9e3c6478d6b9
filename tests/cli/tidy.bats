# fmt, adopt and schema: tables laid out, lists made tables, columns said.

load common

@test "fmt aligns, is idempotent, and commits nothing" {
  fresh
  printf '|a|bcd|\n|-|:-:|\n|long|x\n' | commit_file README.md
  rowmark fmt
  printf '| a    | bcd |\n| ---- | :-: |\n| long |  x  |\n' | cmp - README.md
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  rowmark fmt --check
}

@test "fmt --check lists and writes nothing" {
  fresh
  printf '|a|bcd|\n|-|:-:|\n' | commit_file README.md
  expect 1 rowmark fmt --check <<'OUT'
README.md
OUT
  is_clean
}

@test "fmt -n prints the diff and writes nothing" {
  fresh
  printf '|a|\n|-|\n' | commit_file README.md
  rowmark fmt -n | grep -qx '+| a   |'
  is_clean
}

@test "fmt of one table leaves the others" {
  fresh
  printf '# A\n|a|\n|-|\n\n# B\n|b|\n|-|\n' | commit_file README.md
  rowmark fmt README.md#b
  printf '# A\n|a|\n|-|\n\n# B\n| b   |\n| --- |\n' | cmp - README.md
}

@test "fmt outside a repository writes the file" {
  printf '|a|\n|-|\n' >x.md
  rowmark fmt x.md
  printf '| a   |\n| --- |\n' | cmp - x.md
}

@test "a table laid out shows the same" {
  command -v cmark-gfm >/dev/null || skip "no cmark-gfm"
  reading_list
  cmark-gfm -e table README.md >"$HOME/before"
  rowmark fmt
  cmark-gfm -e table README.md | diff "$HOME/before" -
  rowmark fmt --compact
  cmark-gfm -e table README.md | diff "$HOME/before" -
}

@test "the corpus laid out shows the same, twice laid out is once" {
  local corpus=${ROWMARK_CORPUS:-$TOP/../shared/corpus} bad=0
  [ -d "$corpus/markdown" ] || skip "no corpus here"
  command -v cmark-gfm >/dev/null || skip "no cmark-gfm"
  for f in "$corpus"/markdown/*/*.md; do
    cp "$f" x.md
    chmod 644 x.md
    cmark-gfm -e table x.md >before
    rowmark fmt x.md || { echo "refused: $f"; bad=$((bad + 1)); continue; }
    cmark-gfm -e table x.md | cmp -s before - || { echo "differs: $f"; bad=99; }
    rowmark fmt --check x.md || bad=99
  done
  [ "$bad" -le 1 ]
}

@test "adopt makes a section's list a table with a status" {
  reading_list
  expect 0 rowmark adopt README.md#courses <<'OUT'
README.md#courses  a list of 3 became a table, 0 done
[main 0e50db9] Make the list under courses a table
OUT
  rowmark ls README.md#courses | grep -q '0 of 3'
  rowmark done "zero to hero" README.md#courses
  is_clean
}

@test "adopt lists the headings there are, without those that have no anchor" {
  fresh
  printf '# One\n\n#\n\n## Two\n' | commit_file README.md
  expect 2 rowmark adopt README.md#three <<'OUT'
rowmark: README.md: no heading 'three'
hint: there are: one, two
OUT
}

@test "adopt -n writes nothing; check boxes become statuses" {
  fresh
  printf '## Todo\n\n- [x] one\n- [ ] two\n' | commit_file README.md
  rowmark adopt -n README.md#todo | grep -qx '+| one | Done |'
  is_clean
  rowmark adopt README.md#todo
  rowmark summary | grep -q '1 of 2'
}

@test "adopt refuses what a row cannot hold, with its line" {
  fresh
  printf '## A\n\n- one\n  - nested\n' | commit_file README.md
  run rowmark adopt README.md#a
  [ "$status" -eq 2 ]
  [[ $output == *README.md:4* ]]
  run rowmark adopt README.md#b
  [[ $output == *"there are: a"* ]]
  run rowmark adopt README.md
  [ "$status" -eq 2 ]
  is_clean
}

@test "schema show tells each column and where that comes from" {
  fresh
  printf '<!-- rowmark: t; A: key; N: integer, min 1; S: status = Open < Closed -->\n\n| A | N | S |\n|---|---|---|\n| 1 | 2 | open |\n| 2 | 3 | Open |\n' | commit_file README.md
  expect 0 rowmark schema show <<'OUT'
Table        Column  Rules                   Values                From
README.md#t  A       key                                           declared
README.md#t  N       integer, min 1                                declared
README.md#t  S       status = Open < Closed  Open 2 (2 spellings)  declared
OUT
}

@test "schema infer --write makes a declaration that says the same" {
  reading_list
  rowmark schema infer README.md#papers >"$HOME/infer"
  rowmark schema infer --write README.md#papers
  grep -q '^<!-- rowmark: papers' README.md
  rowmark schema infer README.md#papers | diff "$HOME/infer" -
  rowmark schema show | grep -q 'Read or Not.*declared'
  rowmark ls | grep -q papers
  [ "$(git diff --numstat | cut -f2)" -eq 0 ]
  rowmark schema infer --write README.md#papers
  [ "$(grep -c '<!-- rowmark' README.md)" -eq 1 ]
}

@test "schema infer names a table by whatever path it is asked for, unless two files call theirs so" {
  reading_list
  for f in README.md ./README.md "$PWD/README.md" HEAD:README.md; do
    rowmark schema infer "$f#papers" | grep -qx '<!-- rowmark: papers'
  done
  mkdir de
  cp README.md de
  rowmark schema infer README.md#papers | grep -qx '<!-- rowmark:'
  rowmark schema infer --write
  ! rowmark check | grep 'error:'
}

@test "schema infer --write in a quote keeps the table in its quote" {
  fresh
  printf '> | P | Status |\n> |---|---|\n> | a | todo |\n> | b | done |\n' | commit_file README.md
  rowmark schema infer --write
  rowmark ls | grep -q 'P .*Status'
  rowmark schema show | grep -q declared
}

@test "schema infer --write says only what holds" {
  fresh
  cat >README.md <<'IN'
# 读书

| __Paper__ | Status | When | Link | "Q" | A, B: c |
|---|---|---|---|---|---|
| `__x__` | Done | 2024-02-28 | [l]() | 1 | 3 |
| y | To do, later | 2024-02-30 | [m]() | 2 | 4 |

- item

  | K | Status |
  |---|---|
  | a | "done" |
  | b | todo |
- item

| K | Status |
|---|---|
| a | Done |
| b | Required |
| c | wait, what |

| K | Status |
|---|---|
| a | done |
| b | done |
IN
  cmark-gfm -e table README.md >"$HOME/before" || skip "no cmark-gfm"
  git add . && git commit -qm start
  rowmark schema infer --write >"$HOME/said" 2>&1
  cat README.md
  rowmark check
  [ "$(grep -c 'note: .*is in no order' "$HOME/said")" -eq 2 ]
  grep -qx '<!-- rowmark: 读书' README.md
  grep -qx '"A, B: c": integer' README.md
  cp README.md "$HOME/once"
  rowmark schema infer --write
  cmp README.md "$HOME/once"
  cmark-gfm --unsafe -e table README.md | sed '/^ *<!--/,/-->$/d' | diff "$HOME/before" -
}

@test "what schema infer writes holds for every table of the corpus, and is written once" {
  local corpus=${ROWMARK_CORPUS:-$TOP/../shared/corpus}
  [ -d "$corpus/markdown" ] || skip "no corpus here"
  fresh
  cp -r "$corpus/markdown" .
  chmod -R u+w markdown
  # The corpus has versions of one file, with the same tables and keys.
  errors() { rowmark check --json | jq -r '.findings[] | select(.level == "error") | .path + " " + .rule' | sort | uniq -c; }
  errors >"$HOME/before"
  rowmark schema infer --write -q
  errors | diff "$HOME/before" -
  find markdown -type f -exec cksum {} + >"$HOME/once"
  rowmark schema infer --write -q
  find markdown -type f -exec cksum {} + | diff "$HOME/once" -
}

@test "schema export is Frictionless" {
  fresh
  printf '<!-- rowmark: t; A: key; N: integer, min 1; S: status = Open < Closed; R: ref t -->\n\n| A | N | S | R |\n|---|---|---|---|\n| 1 | 2 | Open | 1 |\n' | commit_file README.md
  rowmark schema export | jq -e '.primaryKey == ["A"] and .fields[1].constraints.minimum == 1
    and .fields[2].categories == ["Open", "Closed"] and .fields[2].categoriesOrdered
    and .foreignKeys[0].reference.resource == "t"'
}

# Every line of standard input is a schema.
all_valid() {
  NODE_PATH=$NPM/node_modules node -e '
    const { validate } = require("tableschema");
    const lines = require("fs").readFileSync(0, "utf8").trim().split("\n");
    (async () => {
      for (const line of lines) {
        const { valid, errors } = await validate(JSON.parse(line));
        if (!valid) { console.log(line, String(errors[0])); process.exitCode = 1; }
      }
      console.log(lines.length + " schemas");
    })();'
}

@test "schema export passes the validator of the standard's own library, declared and inferred" {
  npm_has tableschema
  fresh
  printf '<!-- rowmark: t; A: key; N: integer, min 1, max 9; D: date; F: flag; S: status = Open < Closed; E: enum = x, y; P: text, pattern /^a/; R: ref t; Q: ref u.B; L: link, required, unique -->\n\n| A | N | D | F | S | E | P | R | Q | L | A | |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n| 1 | 2 | 2024-01-02 | [x] | Open | x | a | 1 | b | [l](u) | | |\n' >a.md
  printf '<!-- rowmark: u; B: key; C: number -->\n\n| B | C |\n|---|---|\n| b | 1.5 |\n' >b.md
  cp "$TOP/examples/reading-list/README.md" c.md
  { rowmark schema export a.md; rowmark schema export c.md; rowmark schema export | jq -c '.resources[].schema'; } |
    jq -c . >"$HOME/schemas"
  all_valid <"$HOME/schemas"
  rowmark schema export a.md | jq -e '.foreignKeys == [
    {fields: "R", reference: {resource: "t", fields: "A"}}, {fields: "Q", reference: {resource: "u", fields: "B"}}]
    and ([.fields[].name] | unique | length) == 12'
  echo '{"fields": [{"name": 1}]}' >"$HOME/broken"
  ! all_valid <"$HOME/broken"
}

@test "the corpus's schemas are valid, each" {
  local corpus=${ROWMARK_CORPUS:-$TOP/../shared/corpus}
  [ -d "$corpus/markdown" ] || skip "no corpus here"
  npm_has tableschema
  rowmark schema export "$corpus"/markdown/*/*.md | jq -c '.resources[].schema' >"$HOME/schemas"
  all_valid <"$HOME/schemas"
}

@test "verbs that are none" {
  reading_list
  run rowmark schema exprot
  [ "$status" -eq 2 ]
  [[ $output == *"schema export"* ]]
}

@test "fmt - is a filter" {
  fresh
  printf '|a|b|\n|-|-|\n|long|x|\nno newline' >x.md
  rowmark fmt - <x.md >y.md
  rowmark fmt x.md
  cmp x.md y.md
  rowmark fmt - <x.md | cmp x.md -
  rowmark fmt --check - <x.md
  printf '|a|b|\n|-|-|\n|long|x|\n' >x.md
  run rowmark fmt --check - <x.md
  [ "$status $output" = '1 -' ]
  cp x.md y.md
  [ "$(rowmark fmt --check -z x.md y.md | tr '\0' '|')" = 'x.md|y.md|' ]
}

@test "schema infer in the formats of programs" {
  reading_list
  [ "$(rowmark schema infer --json | jq -r '.version, .declarations[0].table, .declarations[0].declaration')" = "$(
    printf '1\nREADME.md#papers\n'
    rowmark schema infer
  )" ]
}
