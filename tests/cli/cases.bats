#!/usr/bin/env bats
# tests/cases: what was reported of other tools, and that no fix changes what is shown.
bats_require_minimum_version 1.5.0
load common

setup_cases() {
  command -v cmark-gfm >/dev/null || skip "no cmark-gfm here"
  cp "$TOP"/tests/cases/*.md .
}

html() {
  cmark-gfm --unsafe -e footnotes -e table -e strikethrough -e autolink -e tasklist "$1"
}

@test "check finds of each case what the table says" {
  setup_cases
  [ "$(rowmark show --json README.md | jq '.rows | length')" -ge 60 ]
  rowmark show --format tsv README.md | tail -n +2 | cut -f 1,4 | while IFS=$'\t' read -r name want; do
    got=$(rowmark check --rule missing-path=off --format jsonl "$name.md" |
      jq -r '"\(.line):\(.rule)\(if .level == "error" then "!" else "" end)"' | paste -sd ' ')
    [ "${got:-nothing}" = "$want" ] || { echo "$name: $got, not $want"; false; }
  done
}

@test "fmt changes nothing that is shown, and nothing at all the second time" {
  setup_cases
  for f in *.md; do
    html "$f" >before.html
    rowmark fmt -q "$f"
    html "$f" | diff before.html -
    cp "$f" once
    rowmark fmt -q "$f"
    cmp "$f" once
  done
}
