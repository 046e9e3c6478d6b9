# What each of the small verbs says where it cannot: one line that says what and where, and what to
# do next. Nothing is written.

load common
load repo

@test "errors of the small verbs" {
  fresh
  printf '# Papers\n\n| Paper | Status | Note |\n|---|---|---|\n| LIMA | Read | |\n| LoRA | Not read | x |\n' | commit_file README.md
  printf '# Old\n\n| Paper | Status |\n|---|---|\n| LIMA | Read |\n' | commit_file old.md
  printf 'Paper,Nope\nx,y\n' >a.csv
  state >"$HOME/before"
  try() { echo "\$ rowmark $*"; rowmark "$@" </dev/null 2>&1 || echo "exit $?"; }
  {
    try mv
    try mv LIMA
    try mv Nobody old.md
    try mv LIMA old.md -f README.md
    try mv LoRA old.md
    try mv LoRA LoRA old.md --drop
    try mv LoRA none.md
    try archive none.md
    try archive README.md --to README.md
    try archive README.md --older soon
    try add
    try add LIMA README.md
    try add Nope=1 README.md
    try add one two README.md
    try new
    try new README.md
    try new new.md 'A' 'A'
    try import
    try import a.csv README.md
    try import none.csv README.md
    try import README.md
    try column
    try column add Note README.md
    try column rm Nope README.md
    try column rename Note README.md
    try column move Note README.md
    try rename
    try rename Status=Nope Read README.md
    try rename Paper=LoRA LIMA README.md
    try sort
    try sort --by Nope README.md
    try open Nobody
    try open LIMA README.md
    try edit Nobody
    try rm Nobody README.md
    try undo nope
    try undo
    try claim Nobody README.md
    try show --status maybe README.md
  } | sed "s|$HOME|~|g" >"$HOME/got"
  state | diff "$HOME/before" -
  [ -z "${UPDATE:-}" ] || cp "$HOME/got" "$BATS_TEST_DIRNAME/verb_errors.txt"
  diff -u <(masked <"$BATS_TEST_DIRNAME/verb_errors.txt") <(masked <"$HOME/got")
}
