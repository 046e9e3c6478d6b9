#!/usr/bin/env bats
# rowmark check: where it reads, what it exits with, what it leaves alone.
bats_require_minimum_version 1.5.0
load common

T='| Paper | Status |\n|---|---|\n'

write() { # FILE ROWS...
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  { printf "$T"; printf "%b\n" "$@"; } >"$file"
}

@test "the seed: two spellings of the status, one link that two rows share, nothing else" {
  [ -e "$TOP/../shared/seed/reading-list.md" ] || skip "no seed here"
  fresh
  cp "$TOP/../shared/seed/reading-list.md" README.md
  expect 0 rowmark check <<'EOF'
README.md:10:346: warning: 'Not read' in 4 rows, 'Not Read' in 9: one value, two spellings [status-spelling]
README.md:15:79: warning: the link stands on line 14 too: 'https://openaipublic.blob.core.windows.net/neuro…' [duplicate-link]
EOF
}

@test "what people labelled in real files is found, what they mean is no error" {
  command -v python3 >/dev/null || skip "no python3 here"
  [ -e "${ROWMARK_CORPUS:-$TOP/../shared/corpus}/broken.tsv" ] || skip "no corpus here"
  "$TOP/tests/peers/broken" "$ROWMARK"
}

@test "every finding in the corpus has a true place" {
  command -v python3 >/dev/null || skip "no python3 here"
  corpus=${ROWMARK_CORPUS:-$TOP/../shared/corpus}
  [ -d "$corpus/markdown" ] || skip "no corpus here"
  cd "$corpus"
  "$ROWMARK" check --format jsonl markdown >"$BATS_TEST_TMPDIR/found" || [ $? -eq 1 ]
  python3 - "$BATS_TEST_TMPDIR/found" <<'EOF'
import json, sys
n = 0
for line in open(sys.argv[1], encoding="utf-8"):
    f = json.loads(line)
    lines = open(f["path"], "rb").read().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    text = lines[f["line"] - 1]
    assert 1 <= f["column"] <= f["endColumn"] <= len(text) + 1, f
    if f.get("found") and f["endColumn"] > f["column"]:
        part = text[f["column"] - 1:f["endColumn"] - 1].decode(errors="replace")
        assert part in f["found"] or f["found"] in text.decode(errors="replace"), f
    n += 1
assert n > 200, n
EOF
}

@test "exit status: 0 clean or warned, 1 an error, 2 a file that cannot be read" {
  fresh
  write clean.md '| A | x |'
  write warned.md '| A |'
  write broken.md '| A | x | lost |'
  rowmark check -q clean.md
  rowmark check -q warned.md
  run -1 rowmark check -q --strict warned.md
  run -1 rowmark check -q broken.md clean.md
  [ -z "$output" ]
  run -2 rowmark check broken.md nothing.md
  [[ $output == *"broken.md:3:11: error"* ]]
  [[ $output == *"nothing.md"* ]]
}

@test "files, folders, standard input, the index, commits" {
  fresh
  write docs/a.md '| A | x | lost |'
  write b.md '| A | x |'
  git add .
  git commit -q -m one
  write docs/a.md '| A | x |'
  git add docs/a.md
  write docs/a.md '| A |'
  run -0 rowmark check --format concise
  [ "$output" = "docs/a.md:3:6: warning: 1 cell, the table has 2: 'Status' is left blank [missing-cell]" ]
  run -0 rowmark check --format concise docs/
  [[ $output == docs/a.md:3:6:* ]]
  run -0 rowmark check --format concise :docs/a.md
  [ -z "$output" ]
  run -1 rowmark check --format concise HEAD:docs/a.md
  [[ $output == HEAD:docs/a.md:3:11:* ]]
  run -1 rowmark check --format concise - <<<$'| a |\n|---|\n| 1 | 2 |'
  [[ $output == -:3:7:*extra-cell* ]]
  for folder in . "$PWD" docs/.. ./docs//; do
    run -0 rowmark check --format concise "$folder"
    [[ $output == docs/a.md:3:6:* ]]
  done
  cd docs
  run -0 rowmark check --format concise
  [[ $output == a.md:3:6:* ]]
  run -0 rowmark check --format concise ..
  [[ $output == a.md:3:6:* ]]
}

@test "outside a repository the files below the folder are checked" {
  write sub/a.md '| A | x | lost |'
  run -1 rowmark check --format concise
  [[ $output == sub/a.md:3:11:* ]]
  mkdir other && cd other
  run -1 rowmark check --format concise ../sub
  [[ $output == ../sub/a.md:3:11:* ]]
}

@test "output is in the order of the files, every time" {
  fresh
  for i in $(seq 100 199); do write "f$i.md" '| A | x | lost |'; done
  rowmark check >one || :
  [ "$(wc -l <one)" = 100 ]
  sort -c one
  for i in 1 2 3 4 5; do
    rowmark check >two || :
    cmp one two
  done
}

@test "--since: what that version does not have, wherever it stands; the rest is counted" {
  fresh
  write a.md '| A | x | old |' '| B | x |' '| C | y |' | commit_file x
  git add a.md && git commit -q -m two
  write a.md '| C | y |' '| B | x |' '| A | x | old |' '| D | x | new |'
  expect 1 rowmark check --format concise --since HEAD <<'END'
a.md:6:11: error: 3 cells, the table has 2: 'new' is not shown [extra-cell]
rowmark: 1 finding is not new and not listed
END
  write a.md '| C | y |' '| A | x | older |'
  expect 1 rowmark check --format concise --since HEAD <<'END'
a.md:4:11: error: 3 cells, the table has 2: 'older' is not shown [extra-cell]
END
  # An old row that a new one repeats.
  write a.md '| B | x |' '| A | x | old |' '| B | x |' '| C | y |'
  run -0 --separate-stderr rowmark check --format concise --since HEAD
  [[ $output == a.md:[35]:*"the same row"* ]]
  # The same once more is one more.
  write a.md '| A | x | old |' '| A | x | old |' '| B | x |' '| C | y |'
  run -1 --separate-stderr rowmark check --format concise --since HEAD
  [ "$(grep -c extra-cell <<<"$output")" = 1 ]
  run -2 rowmark check --since nowhere
  [ "$output" = "rowmark: nowhere: no such commit" ]
  write new.md '| A | x | lost |'
  run -1 rowmark check --format concise --since HEAD new.md
  [[ $output == new.md:3:* ]]
}

@test "--since: where the branch parts from REV, not what REV has become" {
  fresh
  write a.md '| A | x | old |' | commit_file x
  git add a.md && git commit -q -m two
  git checkout -q -b topic
  write b.md '| A | x |'
  git add b.md && git commit -q -m topic
  git checkout -q main
  write a.md '| A | x |'
  git commit -q -am mended
  git checkout -q topic
  expect 0 rowmark check --since main <<'END'
rowmark: 1 finding is not new and not listed
END
  git clone -q --depth 1 --branch topic "file://$PWD" ../shallow
  cd ../shallow
  expect 1 rowmark check --since origin/main <<'END'
rowmark: origin/main: this shallow clone does not reach where it and HEAD part: files are judged whole
a.md:3:11: error: 3 cells, the table has 2: 'old' is not shown [extra-cell]
END
}

@test "--since before the first commit, and for a renamed file" {
  fresh
  write a.md '| A | x | lost |'
  git add a.md
  run -1 rowmark check --staged
  git commit -q -m one
  git mv a.md b.md
  expect 0 rowmark check --staged <<'END'
rowmark: 1 finding is not new and not listed; --whole lists them
END
  run -1 rowmark check --staged --whole
  [[ $output == 'b.md:3:11: error: 3 cells'* ]]
}

@test "--since across files: a key that is gone, not the reference to it, is new" {
  fresh
  printf '<!-- rowmark: papers; Paper: key -->\n\n| Paper |\n|---|\n| LoRA |\n| LIMA |\n' >papers.md
  printf '<!-- rowmark: notes; On: ref papers -->\n\n| On |\n|---|\n| LoRA |\n| gone |\n' >notes.md
  git add . && git commit -q -m base
  run -0 rowmark check --since HEAD
  [ "$output" = 'rowmark: 1 finding is not new and not listed' ]
  sed -i '/LoRA/d' papers.md
  expect 1 rowmark check --format concise --since HEAD <<'END'
notes.md:5:3: error: 'LoRA' is no key of 'papers' [foreign-key]
rowmark: 1 finding is not new and not listed
END
  git rm -q --cached papers.md
  rm papers.md
  run -1 rowmark check --since HEAD
  [[ $output == *"no table 'papers' is declared in the files that are checked"* ]]
}

@test "references and keys span files, whichever are checked" {
  fresh
  printf '<!-- rowmark: papers; a: key -->\n| a |\n|---|\n| LIMA |\n' >papers.md
  printf '<!-- rowmark: runs; of: ref papers -->\n| n | of |\n|---|---|\n| 1 | LIMA |\n| 2 | LoRA |\n' >runs.md
  expect 1 rowmark check --format concise runs.md <<'EOF'
runs.md:5:7: error: 'LoRA' is no key of 'papers' [foreign-key]
EOF
  printf '<!-- rowmark: papers; a: key -->\n| a |\n|---|\n| LoRA |\n| LIMA |\n' >more.md
  expect 1 rowmark check --format concise <<'EOF'
papers.md:4:3: error: the key 'LIMA' stands in more.md, line 5, too [primary-key]
EOF
  git add . && git commit -q -m all
  printf '<!-- rowmark: runs; of: ref papers -->\n| n | of |\n|---|---|\n| 1 | GPT |\n' >runs.md
  git add runs.md
  expect 1 rowmark check --format concise --staged <<'EOF'
runs.md:4:7: error: 'GPT' is no key of 'papers' [foreign-key]
EOF
}

@test "relative links are held against the tree the file is of" {
  fresh
  write docs/a.md '| [x](b.md) | y |' '| [top](../README.md) | z |'
  expect 0 rowmark check <<'EOF'
docs/a.md:3:7: warning: the repository has no file of this name: 'b.md' [missing-path]
docs/a.md:4:9: warning: the repository has no file of this name: '../README.md' [missing-path]
EOF
  touch docs/b.md README.md
  git add docs README.md
  git rm -q --cached README.md
  [ -z "$(rowmark check)" ]
  run -0 rowmark check --format concise --staged
  [ "${#lines[@]}" = 1 ]
  [[ $output == docs/a.md:4:9:* ]]
}

@test "--staged with a folder: what is staged below it, from the index" {
  fresh
  write README.md '| LIMA | Read | x |'
  write docs/old.md '| LIMA | Read | x |'
  git add -A && git commit -qm one
  write README.md '| LIMA | Read | y |'
  write docs/a.md '| LIMA | Read | y |'
  write docs/deep/b.md '| LIMA | Read | y |'
  git add -A
  write docs/a.md '| LIMA | Read |'
  write docs/untracked.md '| LIMA | Read | z |'
  expect 1 rowmark check --format concise --staged docs <<'EOF'
docs/a.md:3:17: error: 3 cells, the table has 2: 'y' is not shown [extra-cell]
docs/deep/b.md:3:17: error: 3 cells, the table has 2: 'y' is not shown [extra-cell]
EOF
  expect 1 rowmark check --format concise --staged -f docs/deep <<'EOF'
docs/deep/b.md:3:17: error: 3 cells, the table has 2: 'y' is not shown [extra-cell]
EOF
  cd docs/deep
  expect 1 rowmark check --format concise --staged . <<'EOF'
docs/deep/b.md:3:17: error: 3 cells, the table has 2: 'y' is not shown [extra-cell]
EOF
  # A file that is named is checked as it stands in the index, staged or not.
  expect 1 rowmark check --format concise --staged ../old.md <<'EOF'
../old.md:3:17: error: 3 cells, the table has 2: 'x' is not shown [extra-cell]
EOF
}

@test "levels: .rowmark.ini, then --rule; what is switched off for nothing is told" {
  fresh
  write a.md '| A | x | lost |' '| B |'
  printf '[rules]\nextra-cell = warn\nmissing-cell = off\nblank-row = off\n' >.rowmark.ini
  expect 0 rowmark check <<'EOF'
a.md:3:11: warning: 3 cells, the table has 2: 'lost' is not shown [extra-cell]
.rowmark.ini:4:1: warning: 'blank-row' is switched off, and finds nothing [unused-disable]
EOF
  run -1 rowmark check --format concise --rule extra-cell=error a.md
  [[ $output == a.md:3:11:*error* ]]
  run -0 rowmark check --format concise --rule extra-cell=off a.md
  [ -z "$output" ]
  run -2 rowmark check --rule extra-cel=off a.md
  [[ $output == *"did you mean 'extra-cell'"* ]]
  run -2 rowmark check --rule extra-cell=loud a.md
  printf '[rules]\nextra-cell = off\nno-such = off\n' >.rowmark.ini
  run -0 rowmark check
  [[ $output == *".rowmark.ini:3: no rule 'no-such', passed over"* ]]
}

@test "@off: for one table" {
  fresh
  printf '<!-- rowmark: a; @off: extra-cell -->\n| a |\n|---|\n| 1 | 2 |\n\nText\n\n| a |\n|---|\n| 1 | 2 |\n' >a.md
  expect 1 rowmark check <<'EOF'
a.md:10:7: error: 2 cells, the table has 1: '2' is not shown [extra-cell]
EOF
}

@test "--rules lists every rule, with examples" {
  run -0 rowmark check --rules
  [[ $output == *"extra-cell  structure, error"* ]]
  [[ $output == *"missing-cell  structure, warning, --fix can mend it"* ]]
  rowmark check --rules --json | jq -e '.rules | length > 40 and all(.[]; .name and .level and .meaning and .why)'
}

@test "hostile files: no crash, one finding, nothing written" {
  fresh
  printf '\xff\xfe|\0a\0' >utf16.md
  { printf '%0.s|a' $(seq 20000); printf '|\n'; printf '%0.s|-' $(seq 20000); printf '|\n'; } >plain.md
  sed 's/^/> /' plain.md >wide.md
  head -c 100000 /dev/urandom >noise.md
  : >empty.md
  yes '>' | head -n 30000 | tr -d '\n' >deep.md
  rowmark check --format concise >out 2>err || [ $? -eq 1 ]
  grep -q '^utf16.md:1:1: error: .*UTF-16.*\[encoding-error\]' out
  [ "$(grep -c '^wide.md.*too-complex' out)" = 1 ]
  (! grep '^plain.md' out)
  git status --porcelain | grep -v '^??' | (! grep .)
}

@test "conflict markers are an error at their line, and nothing is written there" {
  fresh
  write a.md '| A | Read |' '<<<<<<< HEAD' '| B | Read |' '=======' '| B | read |' '>>>>>>> topic' '| C |'
  cp a.md before
  run -1 rowmark check --format concise a.md
  [[ $output == *"a.md:4:1: error:"*conflict-marker* ]]
  [[ $output == *"a.md:6:1: error:"*conflict-marker* ]]
  [[ $output == *"a.md:8:1: error:"*conflict-marker* ]]
  run -2 rowmark check --fix a.md
  [[ $output == *"conflict markers"* ]]
  cmp before a.md
}
