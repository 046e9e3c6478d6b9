# .rowmark.ini: no setting is silently nothing.
bats_require_minimum_version 1.5.0
load common

broken() { printf '| a | b |\n|---|---|\n| 1 | 2 | lost |\n'; }
FOUND="3 cells, the table has 2: 'lost' is not shown [extra-cell]"

@test "forms of patterns that mean something elsewhere are errors, with the way to write them" {
  fresh
  broken >r.md
  while IFS='|' read -r pattern why hint; do
    printf '[files]\ninclude = %s\n' "$pattern" >.rowmark.ini
    expect 2 rowmark check <<END
rowmark: .rowmark.ini:2: ${pattern%% *}: $why
hint: $hint
END
  done <<'END'
r.md,sub/*.md|a comma does not part patterns|a space does; a comma in a name is written [,]
./r.md|a pattern counts from the top of the repository|write it without './': r.md, or /r.md for the one at the top
../r.md x|a pattern counts from the top of the repository|write it without './': r.md, or /r.md for the one at the top
{r,s}.md|a comma does not part patterns|a space does; a comma in a name is written [,]
{r}.md|braces mean nothing here|write each pattern: r.md s.md; a brace in a name is written [{]
!r.md|'!' means nothing here|what is to be left out stands under 'exclude ='
"r.md"|quotes mean nothing here|write it without; a space in a name is written '?'
END
  printf '[files]\ninclude = a[,]b.md c[{]d.md\n' >.rowmark.ini
  broken >'a,b.md'
  broken >'c{d.md'
  expect 1 rowmark check <<END
a,b.md:3:11: error: $FOUND
c{d.md:3:11: error: $FOUND
END
}

@test "a pattern that matches nothing is said" {
  fresh
  broken >r.md
  printf '[files]\ninclude = *.md docs/*.md\ninclude = nowhere.md\nexclude = vendor/**\n' >.rowmark.ini
  expect 1 rowmark check <<END
rowmark: .rowmark.ini:2: include = docs/*.md matches no file
rowmark: .rowmark.ini:3: include = nowhere.md matches no file
rowmark: .rowmark.ini:4: exclude = vendor/** matches no file
r.md:3:11: error: $FOUND
END
  mkdir docs vendor
  broken >docs/a.md
  broken >vendor/b.md
  touch nowhere.md
  expect 1 rowmark check <<END
docs/a.md:3:11: error: $FOUND
r.md:3:11: error: $FOUND
END
}

@test "what an older rowmark cannot know is passed over with a word" {
  fresh
  broken >r.md
  printf '[file]\na = b\n[files]\ninclud = x\n[rules]\nextra-cel = off\n[sync]\nx = y\n' >.rowmark.ini
  expect 1 rowmark check <<END
rowmark: .rowmark.ini:2: unknown section 'file', passed over; there are files, rules, commit, lsp; did you mean 'files'?
rowmark: .rowmark.ini:4: unknown key 'includ', passed over; there are include, exclude; did you mean 'include'?
rowmark: .rowmark.ini:8: unknown section 'sync', passed over; there are files, rules, commit, lsp
rowmark: .rowmark.ini:6: no rule 'extra-cel', passed over; did you mean 'extra-cell'?
r.md:3:11: error: $FOUND
END
  printf '[rules]\nextra-cell = loud\n' >.rowmark.ini
  expect 2 rowmark check <<'END'
rowmark: .rowmark.ini:2: extra-cell = loud: off, warn or error is wanted
END
  printf '[rules]\rextra-cell = off\r' >.rowmark.ini
  expect 2 rowmark check <<'END'
rowmark: .rowmark.ini: a line ends in CR alone, and nothing behind it would count
hint: lines end in LF, or in CR LF
END
  printf '[rules]\r\nextra-cell = off\r\n' >.rowmark.ini
  expect 0 rowmark check </dev/null
}

@test "200,000 keys take no time, and not as many lines" {
  fresh
  broken >r.md
  { echo '[rules]'; seq -f 'rule-%.0f = off' 100000; yes 'extra-cell = off' | head -n 50000; echo '[files]'; seq -f 'key-%.0f = x' 50000; } >.rowmark.ini
  ulimit -t 5 # of processor time
  run -0 --separate-stderr rowmark check
  # shellcheck disable=SC2154 # bats sets it
  [ "$(wc -l <<<"$stderr")" -lt 30 ]
}

@test "a message's placeholders are known, and it is UTF-8" {
  reading_list
  for name in '{Row}' '{row }' '{new-value}'; do
    printf '[commit]\nmessage = %s\n' "$name" >.rowmark.ini
    run -2 rowmark set lima reading
    [[ $output == *"message: '$name' is no placeholder"* ]]
  done
  printf '[commit]\nmessage = {row} {bogus}\n' >.rowmark.ini
  expect 2 rowmark set lima reading <<'END'
rowmark: .rowmark.ini:2: message: '{bogus}' is no placeholder
hint: there are {row} {column} {old} {new} {table} {file}
END
  printf '[commit]\nmessage = caf\xe9 {row}\n' >.rowmark.ini
  expect 2 rowmark set lima reading <<'END'
rowmark: .rowmark.ini:2: message: it is not UTF-8
hint: save the file as UTF-8
END
  [ "$(git log --oneline | wc -l)" -eq 1 ]
  printf '[commit]\nmessage = {file}: {row}, {column} {} { {new} }\n' >.rowmark.ini
  rowmark -q set lima reading
  [ "$(git log -1 --format=%s)" = 'README.md: LIMA, Read or Not {} { Reading }' ]
}

@test "the manual names every key, every placeholder and the form of patterns" {
  for word in include exclude message '\[files\]' '\[rules\]' '\[commit\]' '{row}' '{column}' '{old}' '{new}' '{table}' '{file}' '\*\*'; do
    grep -q -e "$word" "$TOP/docs/rowmark-schema.5" || { echo "$word"; return 1; }
  done
}

@test "who quits the pager has seen enough" {
  fresh
  { printf '| a | b |\n|---|---|\n'; seq -f '| row number %.0f | value |' 20000; } >a.md
  run -0 script -qec 'PAGER="head -n 1" TERM=xterm rowmark show a.md' /dev/null
  [[ $output != *'Broken pipe'* ]]
}
