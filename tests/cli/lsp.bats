# The language server: a whole conversation, and random edits held against a model.

load common

plan() {
  fresh
  cp "$TOP"/tests/lsp/files/*.md .
  git add . && git commit -q -m 'A plan'
  sed -i 's/| parse | Todo /| parse | Doing/' plan.md
  git commit -qam 'Begun'
}

@test "everything an editor can ask is answered as it is kept" {
  plan
  "$TOP/tests/lsp/story" "$ROWMARK" . >"$HOME/got" 2>&1 || { cat "$HOME/got"; return 1; }
  [ -z "${UPDATE-}" ] || cp "$HOME/got" "$TOP/tests/lsp/story.txt"
  diff -u "$TOP/tests/lsp/story.txt" "$HOME/got"
}

@test "after random edits the server has the text and the findings that are right" {
  "$TOP/tests/lsp/edits" "$ROWMARK" 7 400 "$TOP"/tests/lsp/files/*.md "$TOP/README.md"
}

@test "what is offered is what the commands do" {
  "$TOP/tests/lsp/operations" "$ROWMARK" "$TOP"/tests/lsp/files/*.md "$TOP/README.md"
}

@test "rows are marked, moved and renamed as the commands do it, their regions too" {
  "$TOP/tests/lsp/rows" "$ROWMARK"
}

@test "line ends, BOMs, the disk, settings, and what is malformed" {
  fresh
  "$TOP/tests/lsp/corners" "$ROWMARK" .
}
