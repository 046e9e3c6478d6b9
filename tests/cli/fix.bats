#!/usr/bin/env bats
# check --fix: what can be mended without losing a byte that somebody wrote.
bats_require_minimum_version 1.5.0
load common

# fix BEFORE AFTER: the file's bytes, as printf writes them.
fix() {
  printf -- "$1" >f.md
  printf -- "$2" >want.md
  "$ROWMARK" check -q --fix f.md || [ $? -eq 1 ]
  diff -u <(cat -A want.md) <(cat -A f.md)
  cp f.md again.md
  "$ROWMARK" check -q --fix f.md || [ $? -eq 1 ]
  cmp f.md again.md
}

T='| a | Status |\n|---|---|\n'

@test "a status is spelled as it is elsewhere, or as it is declared" {
  fix "$T| 1 | Not read |\n| 2 | Not Read |\n| 3 | Not Read |\n| 4 | Read |\n" \
    "$T| 1 | Not Read |\n| 2 | Not Read |\n| 3 | Not Read |\n| 4 | Read |\n"
  fix "$T| 1 | ⚠ |\n| 2 | ⚠️ |\n| 3 | ⚠️ |\n| 4 | ✅ |\n" \
    "$T| 1 | ⚠️ |\n| 2 | ⚠️ |\n| 3 | ⚠️ |\n| 4 | ✅ |\n"
  fix "$T| 1 | **not read** |\n| 2 | Not read |\n| 3 | Not read |\n| 4 | Read |\n" \
    "$T| 1 | **Not read** |\n| 2 | Not read |\n| 3 | Not read |\n| 4 | Read |\n"
  D='<!-- rowmark: p; Status: status = Not read < Read -->\n'
  fix "$D$T| 1 | NOT READ |\n| 2 | NOT READ |\n| 3 | Not read |\n| 4 | Read |\n" \
    "$D$T| 1 | Not read |\n| 2 | Not read |\n| 3 | Not read |\n| 4 | Read |\n"
}

@test "a missing cell is added, in the row's own style" {
  fix "$T| 1 | x |\n| 2 |\n| 3 | y |\n" "$T| 1 | x |\n| 2 | |\n| 3 | y |\n"
}

@test "a pipe inside code is escaped" {
  fix "$T| 1 | \`x | y\` |\n" "$T| 1 | \`x \\\\| y\` |\n"
  fix "$T| 1 | \`a||b\` |\n| \`c|d\` | 2 |\n" "$T| 1 | \`a\\\\|\\\\|b\` |\n| \`c\\\\|d\` | 2 |\n"
  # Where it cannot be told which, nothing is done.
  fix "$T| 1 | \`x | y\` | z |\n" "$T| 1 | \`x | y\` | z |\n"
}

@test "mixed line ends in a table become those of its header" {
  fix "| a | b |\r\n|---|---|\r\n| 1 | 2 |\n| 3 | 4 |\r\n" \
    "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n| 3 | 4 |\r\n"
  fix "| a | b |\n|---|---|\n| 1 | 2 |\r\n| 3 | 4 |" "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"
}

@test "a missing blank line is put in" {
  fix "$T| 1 | x |\nText\nmore\n" "$T| 1 | x |\n\nText\nmore\n"
  fix "$T| 1 | x |\n{: .table}\n" "$T| 1 | x |\n{: .table}\n"
  fix "> | a | b |\n> |---|---|\n> | 1 | 2 |\n> Text\n" "> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> Text\n"
  fix "> Quote\n| a | b |\n|---|---|\n| 1 | 2 |\n" "> Quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
  fix "<div>\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</div>\n" "<div>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</div>\n"
}

@test "an extra cell is never removed; other faults stay" {
  fix "$T| 1 | x | lost |\n" "$T| 1 | x | lost |\n"
  fix "$T| 1 | x | |\n| 2 | y |\n" "$T| 1 | x | |\n| 2 | y |\n"
  fix "$T| 1 | x |\n\n| 2 | y |\n" "$T| 1 | x |\n\n| 2 | y |\n"
  # A blank line before the first table would turn the second into code.
  L='  - item\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    | c | d |\n    |---|---|\n    | 3 | 4 |\n'
  fix "$L" "$L"
  # What cannot be mended keeps nothing else from being mended.
  fix "$L\n$T| 1 |\n| 2 | x |\n| 3 |\n" "$L\n$T| 1 | |\n| 2 | x |\n| 3 | |\n"
}

@test "what is left is told, and how many were mended" {
  fresh
  printf "$T"'| 1 |\n| 2 | x | lost |\n' >f.md
  expect 1 rowmark check --fix --format full f.md <<'EOF'
f.md:4:11: error: 3 cells, the table has 2: 'lost' is not shown [extra-cell]
    4 | | 2 | x | lost |
      |           ^^^^
      = a pipe that is text is written \|; else the header lacks a column

1 finding mended
1 error and 0 warnings in 1 of 1 file
EOF
}

@test "-n prints the diff and writes nothing; standard input goes to standard output" {
  fresh
  printf "$T"'| 1 |\n| 2 | y |\n' >f.md
  cp f.md before
  run -0 rowmark check --fix -n f.md
  [[ $output == *$'\n-| 1 |\n+| 1 | |'* ]]
  cmp before f.md
  [ "$(rowmark check -q --fix - <f.md)" = "$(printf "$T"'| 1 | |\n| 2 | y |\n')" ]
  # Clean text goes through as it is.
  printf "$T"'| 1 | x |\n' >clean.md
  rowmark check -q --fix - <clean.md | cmp - clean.md
}

@test "--staged mends the index, and the worktree where the same lines stand" {
  fresh
  printf "$T"'| 1 | x |\n| 2 | y |\n' | commit_file f.md
  printf "$T"'| 1 | x |\n| 2 |\n' >f.md
  git add f.md
  printf "$T"'| 1 | changed |\n| 2 |\n\nMore\n' >f.md
  rowmark check -q --fix --staged
  [ "$(git show :f.md)" = "$(printf "$T"'| 1 | x |\n| 2 | |\n')" ]
  [ "$(cat f.md)" = "$(printf "$T"'| 1 | changed |\n| 2 | |\n\nMore\n')" ]
  [ "$(git rev-list --count HEAD)" = 1 ]
  [ -z "$(git stash list)" ]
  # The line that was mended is another one in the worktree: that is left alone.
  printf "$T"'| 1 | x |\n| 3 |\n' >f.md
  git add f.md
  printf "$T"'| 1 | x |\n| 4 |\n' >f.md
  cp f.md before
  rowmark check -q --fix --staged
  [ "$(git show :f.md | tail -n 1)" = '| 3 | |' ]
  cmp before f.md
}

@test "over the corpus: every byte that was written is still there, and a second run finds none of the fixed" {
  command -v python3 >/dev/null || skip "no python3 here"
  corpus=${ROWMARK_CORPUS:-$TOP/../shared/corpus}
  [ -d "$corpus/markdown" ] || skip "no corpus here"
  cp -r "$corpus/markdown" before
  cp -r before after
  chmod -R u+w after
  (cd after && "$ROWMARK" check --json) >first.json || [ $? -eq 1 ]
  (cd after && "$ROWMARK" check -q --fix) || [ $? -eq 1 ]
  (cd after && "$ROWMARK" check --json) >second.json || [ $? -eq 1 ]
  [ "$(jq .fixable first.json)" -gt 20 ]
  [ "$(jq .fixable second.json)" = 0 ]
  [ "$(jq .errors second.json)" -le "$(jq .errors first.json)" ]
  cp -r after twice
  (cd twice && "$ROWMARK" check -q --fix) || [ $? -eq 1 ]
  diff -r after twice
  # The texts between pipes, as a multiset: nothing is gone but what was respelled, and a
  # cell that was split inside code is whole again.
  python3 - <<'EOF'
import collections, os, re
def cells(path):
    text = open(path, encoding="utf-8", errors="surrogateescape", newline="").read()
    text = re.sub(r"\\\|", "|", text)
    words = collections.Counter()
    for line in re.split(r"\r\n|\n|\r", text):
        for cell in line.split("|"):
            key = re.sub(r"[\s\ufe0f\u3000_-]+", "", cell).casefold()
            key = "".join(chr(ord(c) - 0xfee0) if 0xff01 <= ord(c) <= 0xff5e else c for c in key)
            if key:
                words[key] += 1
    return words
changed = 0
for folder, _, names in os.walk("before"):
    for name in names:
        old = os.path.join(folder, name)
        new = os.path.join("after", os.path.relpath(old, "before"))
        a, b = cells(old), cells(new)
        changed += open(old, "rb").read() != open(new, "rb").read()
        assert a == b, (old, a - b, b - a)
assert changed > 5, changed
EOF
}
