#!/usr/bin/env bats
# Reports, held against what others make of them: jq, xmllint, prove, and from npm the
# validator of SARIF and the library that GitHub's own actions annotate with.
bats_require_minimum_version 1.5.0
load common

setup() {
  common_setup
  fresh
  printf '| Paper | Status |\n|---|---|\n| 🚧 LIMA | Read | lost: 100%%, "a" & <b> |\n| LoRA |\n' >'a,b:c%.md'
  printf '| Paper | Status |\n|---|---|\n| LIMA | Read |\n' >clean.md
  printf '| Paper | x `y|z` |\n|---|---|\n' >text.md
}

@test "concise is one line a finding: path:line:col: level: message [rule]" {
  expect 1 rowmark check --format concise <<'EOF'
a,b:c%.md:3:22: error: 3 cells, the table has 2: 'lost: 100%, "a" & <b>' is not shown [extra-cell]
a,b:c%.md:4:9: warning: 1 cell, the table has 2: 'Status' is left blank [missing-cell]
text.md:1:1: error: no table: the header has 3, the delimiter row 2 cells; all of it is shown as text [not-a-table]
EOF
}

@test "full shows the line, a caret under the cell, and what to do" {
  expect 1 rowmark check --format full 'a,b:c%.md' <<'EOF'
a,b:c%.md:3:22: error: 3 cells, the table has 2: 'lost: 100%, "a" & <b>' is not shown [extra-cell]
    3 | | 🚧 LIMA | Read | lost: 100%, "a" & <b> |
      |                    ^^^^^^^^^^^^^^^^^^^^^
      = a pipe that is text is written \|; else the header lacks a column

a,b:c%.md:4:9: warning: 1 cell, the table has 2: 'Status' is left blank [missing-cell]
    4 | | LoRA |
      |         ^
      = add the cell, or '|' if it is meant to be empty (--fix does it)

1 error and 1 warning in 1 of 1 file; --fix can mend 1
EOF
}

@test "the problem matcher reads what concise prints" {
  command -v node >/dev/null || skip "no node here"
  rowmark check --format concise >out || :
  node -e '
    const fs = require("fs");
    const p = JSON.parse(fs.readFileSync(process.argv[1])).problemMatcher[0].pattern[0];
    const re = new RegExp(p.regexp);
    for (const line of fs.readFileSync("out", "utf8").trim().split("\n")) {
      const m = re.exec(line);
      if (!m) throw new Error("no match: " + line);
      console.log(m[p.file], m[p.line], m[p.column], m[p.severity], m[p.code]);
    }' "$TOP/examples/ci/problem-matcher.json" >got
  diff - got <<'EOF'
a,b:c%.md 3 22 error extra-cell
a,b:c%.md 4 9 warning missing-cell
text.md 1 1 error not-a-table
EOF
}

@test "json and jsonl hold the same findings" {
  rowmark check --json >all.json || :
  rowmark check --format jsonl >lines.jsonl || :
  [ "$(jq .version all.json)" = 1 ]
  [ "$(jq -c '[.files, .errors, .warnings, .fixable]' all.json)" = '[3,2,1,1]' ]
  diff <(jq -cS '.findings[]' all.json) <(jq -cS . lines.jsonl)
  diff - <(jq -c '.findings[0] | [.path, .line, .column, .endColumn, .level, .rule, .found, .row]' all.json) <<'EOF'
["a,b:c%.md",3,22,43,"error","extra-cell","lost: 100%, \"a\" & <b>","🚧 LIMA"]
EOF
}

@test "sarif is what Microsoft's validator accepts" {
  npm_has @microsoft/sarif-multitool
  rowmark check --format sarif -o out.sarif || :
  "$NPM/node_modules/.bin/sarif-multitool" validate out.sarif >log 2>&1 || { cat log; false; }
  (! grep -E ': error |SARIF1[0-9]{3}' log)
  grep -q 'Analysis completed successfully' log
}

@test "sarif: every rule has its texts, columns count UTF-16, URIs are escaped" {
  rowmark check --format sarif >out.sarif || :
  diff - <(jq -c '.runs[0] | [.columnKind, (.results[0].locations[0].physicalLocation |
    [.artifactLocation.uri, .region.startLine, .region.startColumn, .region.endColumn])]' out.sarif) <<'EOF'
["utf16CodeUnits",["a%2Cb%3Ac%25.md",3,20,41]]
EOF
  [ "$(jq '[.runs[0].tool.driver.rules[] | select(.shortDescription.text and .fullDescription.text
    and .help.text and .help.markdown and .defaultConfiguration.level | not)] | length' out.sarif)" = 0 ]
  # Each result names its rule by index as well.
  jq -e '.runs[0] as $r | all($r.results[]; $r.tool.driver.rules[.ruleIndex].id == .ruleId)' out.sarif
  # A fingerprint stays when lines move, and no two are the same.
  jq -r '.runs[0].results[].partialFingerprints["rowmark/v1"]' out.sarif >before
  sed -i '1i Text\n' 'a,b:c%.md' text.md
  rowmark check --format sarif | jq -r '.runs[0].results[].partialFingerprints["rowmark/v1"]' >after
  diff before after
  [ "$(sort -u before | wc -l)" = 3 ]
}

@test "github: byte for byte what @actions/core prints" {
  npm_has @actions/core
  rowmark check --format github >ours || :
  rowmark check --json >all.json || :
  cat >"$NPM/annotate.mjs" <<'EOF'
import * as core from '@actions/core';
import fs from 'fs';
const found = JSON.parse(fs.readFileSync('all.json')).findings;
const units = (f, col) => fs.readFileSync(f.path).toString('utf8').split('\n')[f.line - 1] &&
  Buffer.from(fs.readFileSync(f.path, 'utf8').split('\n')[f.line - 1]).subarray(0, col - 1).toString().length + 1;
for (const level of ['error', 'warning'])
  for (const f of found.filter(f => f.level === level))
    core[level](f.hint ? f.message + '\n' + f.hint : f.message, {title: f.rule, file: f.path, startLine: f.line, endLine: f.line,
      startColumn: units(f, f.column), endColumn: units(f, f.endColumn)});
EOF
  node "$NPM/annotate.mjs" >theirs
  grep -q 'file=a%2Cb%3Ac%25.md' ours
  cmp ours theirs
}

@test "github is the default in GitHub Actions; ten a level, the worst first, the rest in the log" {
  { printf '| a | b |\n|---|---|\n'; for i in $(seq 12); do echo "| $i | 2 | lost |"; done; } >many.md
  GITHUB_ACTIONS=true rowmark check many.md >out || :
  [ "$(grep -c '^::error ' out)" = 10 ]
  grep -q '^::group::2 more' out
  [ "$(grep -c '^many.md:.*\[extra-cell\]$' out)" = 12 ]
  [ "$(tail -n 1 out)" = '::endgroup::' ]
  grep -q "^::error .*::3 cells, the table has 2: 'lost' is not shown%0Aa pipe that is text" out
}

@test "gitlab: a list, fingerprints unique, paths relative" {
  rowmark check --format gitlab >out.json || :
  jq -e 'length == 3 and all(.[]; .description and .check_name and (.fingerprint | length == 32)
    and (.severity | IN("major", "minor")) and .location.path and .location.lines.begin)' out.json
  [ "$(jq -r '.[].fingerprint' out.json | sort -u | wc -l)" = 3 ]
}

@test "rdjson: columns in bytes, the end exclusive, a suggestion where there is a fix" {
  printf '| a | b |\n|---|---|\n| é | `x | y` |\n' >pipe.md
  rowmark check --format rdjson pipe.md >out.json || :
  diff - <(jq -c '.diagnostics[0] | [.severity, (.message | split("\n")[1]), .code.value, .location.range, .suggestions]' out.json) <<'EOF'
["ERROR","write \\| inside code too","unescaped-pipe",{"start":{"line":3,"column":11},"end":{"line":3,"column":12}},[{"range":{"start":{"line":3,"column":11},"end":{"line":3,"column":11}},"text":"\\"}]]
EOF
}

@test "junit is XML that xmllint reads" {
  rowmark check --format junit >junit.xml || :
  xmllint --noout junit.xml
  [ "$(xmllint --xpath 'count(//testsuite)' junit.xml)" = 3 ]
  [ "$(xmllint --xpath 'count(//testcase/failure)' junit.xml)" = 2 ]
  [ "$(xmllint --xpath 'sum(//testsuite/@tests)' junit.xml)" = "$(xmllint --xpath 'count(//testcase)' junit.xml)" ]
  [ "$(xmllint --xpath 'sum(//testsuite/@failures)' junit.xml)" = 2 ]
}

@test "no format says anything of a clean file that its readers take for a finding" {
  for format in concise jsonl github; do
    [ -z "$(rowmark check --format $format clean.md)" ]
  done
  [ "$(rowmark check --format gitlab clean.md)" = '[]' ]
  [ "$(rowmark check --format full clean.md)" = '1 file, nothing found' ]
}
