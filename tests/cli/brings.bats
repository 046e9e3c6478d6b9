# What a commit brings: made on a clean table, each of these changes takes rows out of it or
# breaks it, though in most of them no line of a row has changed. The hook refuses each.
bats_require_minimum_version 1.5.0
load common

table() {
  printf '# Papers\n\nA list.\n\n| Paper | Status |\n|---|---|\n'
  printf '| %s | Read |\n' LIMA LoRA RoPE GPT
  printf '\nThe end.\n'
}

setup() {
  common_setup
  fresh
  table | commit_file README.md
  rowmark install -q --hook
}

# refused RULE SED: what sed makes of the file cannot be committed, and RULE is the reason.
refused() {
  table | sed "$2" >README.md
  git add README.md
  run -1 git commit -q -m change
  [[ $output == *"[$1]"* ]] || { echo "no $1:"; cat README.md; echo "$output"; return 1; }
  git reset -q --hard
}

@test "a blank line between two old rows" {
  refused split-table '/LoRA/a\\'
  refused hidden-row '/LoRA/a\\'
}

@test "an unclosed comment above them" {
  refused hidden-row '/A list/s/$/\n\n<!-- to do/'
}

@test "a closed comment around some of them" {
  refused hidden-row '/LoRA/s/^/<!--\n/; /RoPE/s/$/\n-->/'
}

@test "a deleted header, a deleted delimiter row, both" {
  refused hidden-row '/Paper | Status/d'
  refused hidden-row '/---|---/d'
  refused hidden-row '/Paper | Status/d; /---|---/d'
}

@test "an indent, of all rows, of one, of the header" {
  refused hidden-row '/^|/s/^/    /'
  refused hidden-row '/RoPE/s/^/    /'
  refused hidden-row '/Paper | Status/s/^/    /'
}

@test "a new declaration that old rows break" {
  refused constraint-enum '/Paper | Status/s/^/<!-- rowmark: papers; Status: status = Open < Closed -->\n\n/'
}

@test "a fence above that is never closed" {
  refused hidden-row '/A list/s/$/\n\n```/'
}

@test "HTML directly above: a div, a pre" {
  refused hidden-row '/A list/{n;s/$/<div>/}'
  refused hidden-row '/A list/s/$/\n\n<pre>/'
}

@test "a header of more cells than the delimiter row, and the other way round" {
  refused hidden-row 's/Paper | Status/Paper | Year | Status/'
  refused hidden-row 's/---|---/---|---|---/'
}

@test "a thematic break, a heading, a list, a quote, an image between rows" {
  refused hidden-row '/LoRA/s/$/\n\n---\n/'
  refused hidden-row '/LoRA/s/$/\n## More\n/'
  refused hidden-row '/LoRA/s/$/\n- a list\n/'
  refused hidden-row '/LoRA/s/$/\n> a quote\n/'
  refused hidden-row '/LoRA/s/$/\n\n![an image](a.png)\n/'
}

@test "a code fence opened in a cell, broken over lines" {
  refused hidden-row '/LoRA/s/Read/see:\n```/'
}

@test "a list item above, and the blank line gone" {
  refused hidden-row 's/^A list\./- A list./; /^- A list/{N;s/\n$//}'
}

@test "a row that changed and is hidden too is found by its first cell" {
  refused hidden-row '/RoPE/s/.*/    | RoPE | Dropped |/'
}

@test "text and a second table directly under the rows" {
  table | sed '/GPT/{n;d}' >README.md
  git add README.md
  git commit -q -m change # the text became a row: a warning
  git reset -q --hard HEAD~1
  refused hidden-row '/LIMA/d; /GPT/s/$/\n\n```\n| LIMA | Read |/'
}

@test "shapes of the block grammar, each made by a commit, some by the hook (all: make meaning)" {
  command -v cmark-gfm >/dev/null && command -v python3 >/dev/null || skip "no cmark-gfm or python3"
  run -0 "$TOP/tests/peers/lost_commits" "$ROWMARK" 61 12
  [[ $output == *' 0 of them not refused'* ]]
  [[ $output == *' asked, 0 not refused' ]]
}

# --- what is no fault of the commit ---------------------------------------------------

@test "a row broken long ago does not stop a set on another one, or on itself" {
  table | sed '/LoRA/s/$/ lost |/' >README.md
  git commit -q --no-verify -am broken
  run -0 rowmark set RoPE 'Not read'
  [[ $output != *finding* ]] # the hook has nothing new to say
  sed -i '/LoRA/s/Read/Not read/' README.md
  git commit -q -am 'the broken row itself'
}

@test "rows that are deleted, moved, or go to another table or file are not hidden" {
  table | sed '/RoPE/d' >README.md
  git commit -q -am deleted
  table | sed '/RoPE/d; /LIMA/{h;d}; /GPT/{G}' >README.md
  git commit -q -am moved
  { table | sed '/LoRA/d'; printf '\n## Old\n\n| Paper | Status |\n|---|---|\n| LoRA | Read |\n'; } >README.md
  git commit -q -am 'another table'
  # An example in a fence that was there before, and a row of it that goes from the table.
  { table; printf '\n```\n| LIMA | Read |\n```\n'; } >README.md
  git commit -q -am example
  sed -i '0,/LIMA/{/LIMA/d}' README.md
  git commit -q -am 'the row goes, the example stays'
}

@test "the first commit and a new file are judged whole" {
  table | sed '/LoRA/s/$/ lost |/' >new.md
  git add new.md
  run -1 git commit -q -m new
  [[ $output == *extra-cell* ]]
  cd "$HOME"
  git init -q first && cd first
  rowmark install -q --hook
  table | sed '/LoRA/s/$/ lost |/' >README.md
  git add README.md
  run -1 git commit -q -m first
  [[ $output == *extra-cell* ]]
}

@test "in a merge a row is hidden only where every parent shows it" {
  git checkout -q -b topic
  table | sed '/RoPE/s/^/    /' >README.md
  git commit -q --no-verify -am 'hidden on topic'
  git checkout -q main
  echo x >other
  git add other && git commit -q -m other
  git merge -q topic -m merge
}
