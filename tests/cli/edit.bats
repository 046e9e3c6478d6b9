# edit: a row as a card in the person's editor.

load common

# The editor is a script: standard input.
editor() {
  cat >"$HOME/editor"
  chmod +x "$HOME/editor"
  export EDITOR=$HOME/editor TMPDIR=$HOME/tmp
  mkdir -p "$TMPDIR"
}

@test "the cells that were changed are set, in one commit" {
  reading_list
  editor <<'IN'
#!/bin/sh
cp "$1" "$HOME/card"
sed -i 's/^Read or Not: .*/Read or Not: reading/; s/^Why it matters: .*/Why it matters: One | two\n    three/' "$1"
IN
  expect 0 rowmark edit lima <<'OUT'
README.md#papers  LIMA
  Why it matters: Quality before quantity -> One | two three
  Read or Not: Not read -> Reading
[main acead8e] LIMA: 2 changes
OUT
  sed 1,2d "$HOME/card" | diff - <(cat <<'OUT'
Paper: LIMA
What it says: A 65B model tuned on a thousand careful examples and no reinforcement learning holds up well.
Why it matters: Quality before quantity
Link: [Link](https://arxiv.org/abs/2305.11206)
Read or Not: Not read
OUT
)
  grep -F '| One \| two<br>three |' README.md
  is_clean
  [ -z "$(ls -A "$TMPDIR")" ]
  rowmark undo -q
  git diff --exit-code HEAD~2 HEAD
}

@test "nothing changed, an editor that fails, an empty card" {
  reading_list
  editor <<<'#!/bin/true'
  expect 0 rowmark edit lima <<'OUT'
README.md#papers  unchanged
OUT
  editor <<<'#!/bin/false'
  run rowmark edit lima
  [ "$status" -eq 2 ] && [[ $output == *'did not succeed'* ]]
  editor < <(printf '#!/bin/sh\n: >"$1"\n')
  run rowmark edit lima
  [ "$status" -eq 2 ] && [[ $output == *'nothing is left of the card'* ]]
  [ -z "$(ls -A "$TMPDIR")" ]
  [ -z "$(git status --porcelain)" ]
}

@test "what was typed stays in a file where it cannot be written" {
  reading_list
  editor < <(printf '#!/bin/sh\nsed -i "s/^Paper: .*/Paper: LIMA\\nNothing/" "$1"\n')
  run rowmark edit lima
  [ "$status" -eq 2 ] && [[ $output == *"line 4 is of no column: 'Nothing'"* ]]
  grep -x Nothing "$TMPDIR"/rowmark-*.md
  [ -z "$(git status --porcelain)" ]
}

@test "another change meanwhile stays; of the same cell, nothing is written" {
  reading_list
  editor < <(printf '#!/bin/sh\nrowmark set -q lima "Much" -c "Why it matters"\nsed -i "s/^Read or Not: .*/Read or Not: Read/" "$1"\n')
  rowmark edit -q lima
  grep -F '| Much |' README.md | grep -F '| Read |'
  is_clean
  editor < <(printf '#!/bin/sh\nrowmark set -q lima "More" -c "Why it matters"\nsed -i "s/^Why it matters: .*/Why it matters: Less/" "$1"\n')
  run rowmark edit lima
  [ "$status" -eq 3 ] && [[ $output == *"'Why it matters' is 'More' by now"* && $output == *'what was typed is in'* ]]
  is_clean
}
