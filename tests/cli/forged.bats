# What stands in cells, headings, file names, authors and messages reaches people without a
# byte that steers a terminal, begins a line of its own or turns the text around. csv, tsv, md,
# html and JSON carry the exact value.
bats_require_minimum_version 1.5.0
load common

ESC=$'\e' BIDI=$'\u202e' C1=$'\u009b'
EVIL="a${ESC}]0;owned${C1}31m${BIDI}z"
NAME=$'n\n::error::FORGED\e[31m.md' # a file's name

# A repository in which everything that may be hostile is.
hostile() {
  fresh
  export GIT_AUTHOR_NAME="Ada${ESC}[31m${BIDI}" GIT_COMMITTER_NAME="Ada${ESC}[31m${BIDI}"
  make_table 'Not read' >"$NAME"
  git add . && git commit -q -m "subject${ESC}[31m"
  make_table 'Read' >"$NAME"
  git commit -q -am "second${ESC}[31m"
  make_table "Rea${ESC}ding" >"$NAME"
}

make_table() {
  printf '# Head%s\n\n| Paper%s | Status | [x](%s) |\n|---|---|---|\n' "$EVIL" "$EVIL" "$EVIL"
  printf '| LoRA %s one | %s | %s |\n' "$EVIL" "$1" "$EVIL" "$EVIL" "$1" "$EVIL"
  printf '| LIMA%s | Read%s | x | lost%s |\n\n| cut%s | off | x |\n' "$EVIL" "$EVIL" "$EVIL" "$EVIL"
}

# The words print nothing that steers, and no line that was forged, on either output.
harmless() {
  "$@" >"$HOME/shown" 2>&1 </dev/null || :
  [ -s "$HOME/shown" ] || [ "${*: -1}" = fmt ] || { echo "$*: prints nothing"; return 1; }
  if LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$HOME/shown"; then
    echo "$*"
    return 1
  fi
  if grep -n '^::error::FORGED' "$HOME/shown"; then
    echo "$*: a line is forged"
    return 1
  fi
}

@test "every command, for people" {
  hostile
  # shellcheck disable=SC2086 # words
  for words in ls 'ls -v' 'ls -z' summary 'summary --by Status' check 'check --format full' \
    'check --format github' 'check --format junit' 'check --format sarif' 'check --format json' \
    'check --format jsonl' 'check --format gitlab' 'check --format rdjson' \
    next log blame history diff 'diff --staged HEAD~1' 'schema show' 'schema infer' 'sql .tables' \
    'show' 'set LoRA Read' 'show LoRA' 'show LIMA' 'set LIMA Read' 'set LIMA nonsense' 'done LIMA' \
    'rm LoRA' 'add Paper=LIMA' 'log LIMA' 'set LINE:5 Read' \
    'show --where x=1' 'show --columns nowhere' 'next -v' 'summary -v' 'check -v' 'set -v LIMA Read --no-commit'; do
    [ "$words" != 'ls -z' ] || continue # for programs: exact
    harmless rowmark $words
  done
  harmless rowmark ls "$NAME"
  harmless rowmark ls "nowhere$EVIL.md"
  harmless rowmark show "$EVIL"
  harmless rowmark show "LIMA" "$NAME#nowhere$EVIL"
  harmless rowmark "$EVIL"
  harmless rowmark "--$EVIL"
}

@test "every writing command, for people" {
  for words in 'set -n LIMA Reading' 'set LIMA Reading' 'start LIMA' 'done LIMA' 'rm LIMA' \
    'set LIMA Reading --stage' 'check --fix' fmt 'schema infer --write'; do
    hostile
    git commit -q -am third
    # shellcheck disable=SC2086 # words
    if [[ $words = *-n* ]]; then
      script -qec "rowmark --color=never --no-pager $words" /dev/null >"$HOME/out" 2>&1 </dev/null || :
      tr -d '\r' <"$HOME/out" >"$HOME/out2"
      harmless cat "$HOME/out2"
    else
      harmless rowmark $words
    fi
    cd .. && rm -rf repo
  done
}

@test "a file name that begins like a command of a workflow" {
  fresh
  printf '| a | b |\n|---|---|\n| 1 | 2 | lost |\n' >'::error::x.md'
  run -1 rowmark check --format concise
  [[ $output == './::error::x.md:3:11: error'* ]]
}

@test "marks of Arabic and Hebrew pass, and what is read by programs is exact" {
  fresh
  lrm=$'\u200e' rlm=$'\u200f'
  printf '| Paper | Status |\n|---|---|\n| a%sb%s | Read |\n| x%sy | Read |\n' "$lrm" "$rlm" "$BIDI" >a.md
  rowmark show a.md | grep -q "a${lrm}b${rlm}"
  rowmark show a.md | grep -qF 'x\u202ey'
  for format in csv tsv md html; do
    rowmark show --format "$format" a.md | grep -qF "x${BIDI}y"
  done
  [ "$(rowmark show --json a.md | jq -r '.rows[1].cells.Paper // .rows[1].Paper // (.. | strings | select(startswith("x")))' | head -n 1)" = "x${BIDI}y" ]
}

@test "a file name in a link of the summary ends neither the link nor the row" {
  fresh
  name=$'a\nb|c)%20\\d.md'
  printf '| Paper | Status |\n|---|---|\n| a | Read |\n' >"$name"
  [ "$(rowmark summary --format md | wc -l)" -eq 3 ]
  rowmark summary --format md | grep -qF '(a%0Ab%7Cc%29%2520%5Cd.md'
}
