# What other programs read: shields' endpoint, Mermaid charts. Each check of
# tests/outputs/ is one line there; without node or the npm packages they are skipped with
# a word.

load common

# make NAME FILE ARGUMENT...: the outputs of one summary.
make_outputs() {
  local name=$1 file=$2
  shift 2
  rowmark summary --format shields "$@" "$file" >"$OUT/$name.shields.json"
  rowmark summary --format mermaid "$@" "$file" >"$OUT/$name.mermaid"
}

@test "shields and mermaid take what rowmark writes" {
  OUT=$BATS_TEST_TMPDIR/out
  mkdir "$OUT"
  reading_list
  make_outputs list README.md
  make_outputs labelled README.md --label 'A "quoted" list'
  make_outputs nameless README.md --label ''
  printf '| A | Status |\n|---|---|\n| x | done |\n| y | Done |\n' >done.md
  make_outputs finished done.md
  printf '| A | Status |\n|---|---|\n| x | "a; b" |\n| y | 中文 |\n| z | #1 |\n' >odd.md
  make_outputs odd odd.md
  printf '| A | Status |\n|---|---|\n| x | c:\\ |\n| y | 100 %%%% |\n| z | \\ |\n' >hard.md
  make_outputs hard hard.md --label 'A \ "label" %% with #1;'
  grep -q 'title A #92; ' "$OUT/hard.mermaid"
  printf '| A | Go | Rust |\n|---|---|---|\n| x | ✅ | ❌ |\n' >matrix.md
  make_outputs matrix matrix.md
  rowmark history --format mermaid README.md >"$OUT/history-one.mermaid"
  rowmark -q set lima read
  rowmark history --format mermaid --label 'say "x"' README.md >"$OUT/history-two.mermaid"
  local status=0
  "$TOP/tests/outputs/run" "$OUT" >tap 2>&1 || status=$?
  [ $status -ne 77 ] || skip "$(tail -n 1 tap)"
  cat tap
  [ $status -eq 0 ]
  [ "$(grep -c '^not ok' tap)" -eq 0 ]
  grep -q '^1\.\.' tap
}
