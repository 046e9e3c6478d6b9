# Help is made from the commands' tables: it must be there, and be right, for each.

load common

commands() {
  rowmark help | sed -n 's/^[A-Z ][a-z ]\{9\}\([a-z][a-z-]*\)  *[A-Z].*/\1/p'
}

@test "help lists the commands" {
  [ "$(commands | wc -l)" -ge 8 ]
  commands | grep -qx set
  # All of it on one screen.
  [ "$(rowmark help | wc -l)" -le 50 ]
  [ -z "$(rowmark help | awk 'length > 80')" ]
}

@test "every command has short help, a page, and a sound manual page" {
  command -v mandoc >/dev/null || skip "no mandoc"
  for cmd in $(commands); do
    rowmark "$cmd" -h >"$HOME/short"
    grep -q "^usage: rowmark $cmd" "$HOME/short"
    rowmark help "$cmd" | grep -q '^DESCRIPTION$'
    [ -z "$(awk 'length > 80' "$HOME/short")" ] || { awk 'length > 80' "$HOME/short"; return 1; }
    rowmark help --mdoc "$cmd" | mandoc -Tlint -Wwarning || return 1
  done
  rowmark help --mdoc | mandoc -Tlint -Wwarning
}

@test "no option is there twice in a command" {
  for cmd in $(commands); do
    rowmark "$cmd" -h | sed -n 's/^  [ -][^-]*--\([a-z-]*\).*/\1/p' | sort | uniq -d | (! grep .) || {
      echo "in $cmd"
      return 1
    }
  done
}

@test "help of one command, whole" {
  expect 0 rowmark start -h <<'OUT'
usage: rowmark start [OPTION]... ROW... [FILE[#TABLE]]
Set rows to "doing", and commit that.

  -c, --column COLUMN         the column to write (default: the status column)
      --where TEST            only rows with COLUMN=VALUE, !=VALUE or ~PART
      --keep-note             keep a link or note around the old word
  -n, --dry-run               print the diff, write nothing
      --no-commit             write the file only
      --stage                 write file and index, do not commit
  -m, --message MESSAGE       the commit's message; each a paragraph
      --author AUTHOR         the commit's author, "Name <mail>"
      --date DATE             the author's date, as git takes it
      --no-verify             skip the hooks pre-commit and commit-msg
      --sync                  then do what 'rowmark sync' does
      --json                  print what was done as a JSON document
  -f, --file FILE[#TABLE]     only this file or table
  -C, --directory DIR         run as if started in DIR
      --git-dir DIR           the repository, as for git
      --work-tree DIR         its worktree, as for git
  -q, --quiet                 print less, or nothing
  -v, --verbose               say what is done
      --color WHEN            colours: auto always never
      --no-pager              print without a pager
  -h, --help                  this help

'rowmark help start' says more.
OUT
}

@test "help for what is no command" {
  expect 2 rowmark help shwo <<'OUT'
rowmark: help: no command 'shwo'
hint: did you mean 'show'?
OUT
}
