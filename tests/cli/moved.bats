# log, blame, diff and history: a row that another table or another file has now.

load common

# x goes by hand to another file and layout, its status changed in the same commit; z by mv.
travelled() {
  fresh
  printf '# One\n\n| P | Status | Note |\n|---|---|---|\n| x | todo | n1 |\n| y | todo | n2 |\n| z | done | n3 |\n' | commit_file a.md
  mkdir d
  printf '# Old\n\n| Status | P | Note |\n|---|---|---|\n| done | w | |\n' | commit_file d/old.md
  GIT_AUTHOR_NAME=Bob rowmark set -q x doing --new -f a.md
  printf '# One\n\n| P | Status | Note |\n|---|---|---|\n| y | todo | n2 |\n| z | done | n3 |\n' >a.md
  printf '# Old\n\n| Status | P | Note |\n|---|---|---|\n| done | w | |\n| done | x | n1 |\n' >d/old.md
  git commit -qam 'by hand'
  rowmark mv -q z d/old.md
  rowmark archive -q d/old.md
}

# Without dates and commits.
events() { sed -E 's/^[0-9-]+  [0-9a-f]{7}  ([A-Z][a-z]+) +/\1 /'; }

@test "log goes on in the file a row came from" {
  travelled
  rowmark log x | events | diff - <(cat <<'OUT'
Ada d/old.md#archived-old  x  moved: old -> archived-old
Ada d/old.md#old  x  Status: doing -> done
Ada d/old.md#old  x  moved: a.md#one -> d/old.md#old
Bob a.md#one  x  Status: todo -> doing
Ada a.md#one  x  added
OUT
)
  diff <(rowmark log x) <(rowmark log x d/old.md)
  rowmark log x a.md | events | diff - <(cat <<'OUT'
Ada x  moved: a.md#one -> d/old.md#old
Bob x  Status: todo -> doing
Ada x  added
OUT
)
  rowmark log z --json | jq -r '.changes[] | "\(.kind) \(.file) \(.old) \(.new)"' | diff - <(cat <<'OUT'
moved d/old.md old archived-old
moved d/old.md a.md#one d/old.md#old
added a.md null null
OUT
)
  [ "$(rowmark log z -n 2 | wc -l)" -eq 2 ]
}

@test "log tells a move once where both files are shown, and in each of them alone" {
  travelled
  [ "$(rowmark log | grep -c 'moved: a.md#one -> d/old.md#old')" -eq 2 ]
  [ "$(rowmark log a.md | grep -c 'moved: a.md#one -> d/old.md#old')" -eq 2 ]
  [ "$(rowmark log a.md#one | grep -c 'moved: a.md#one -> d/old.md#old')" -eq 2 ]
  [ "$(rowmark log d/old.md | grep -c 'moved: a.md#one -> d/old.md#old')" -eq 2 ]
  (! rowmark log | grep removed)
}

@test "a number is no name: rows that share nothing else did not move" {
  fresh
  printf '| # | Status |\n|---|---|\n| 1 | todo |\n| 2 | doing |\n| 3 | todo |\n' | commit_file a.md
  printf '| # | Status |\n|---|---|\n| 7 | done |\n' | commit_file b.md
  printf '| # | Status |\n|---|---|\n| 2 | doing |\n' >a.md
  printf '| # | Status |\n|---|---|\n| 7 | done |\n| 1 | done |\n| 3 | todo |\n' >b.md
  git commit -qam both
  [ "$(rowmark log | grep -c '  3  moved: a.md#1 -> b.md#1')" -eq 1 ]
  (! rowmark log | grep '  1  moved:')
}

@test "diff: a row that another table or file has now moved there, with what changed" {
  travelled
  expect 0 rowmark diff HEAD~3 HEAD <<'OUT'
a.md#one
  > x  (moved to d/old.md#archived-old)
  > z  (moved to d/old.md#archived-old)
d/old.md#old
  > w  (moved to d/old.md#archived-old)
d/old.md#archived-old  table added
  > w  (moved from d/old.md#old)
  ~ x  (moved from a.md#one)  Status: doing -> done
  > z  (moved from a.md#one)
OUT
  # A file that is named: rows that are gone from it are looked for in the others.
  expect 0 rowmark diff HEAD~3 HEAD a.md <<'OUT'
a.md#one
  > x  (moved to d/old.md#archived-old)
  > z  (moved to d/old.md#archived-old)
OUT
  rowmark diff HEAD~3 HEAD --json | jq -c '.tables[].rows[] | select(.row == "x") | [.change, .from, .to, .old_line, .new_line, .cells]' | diff - <(cat <<'OUT'
["moved",null,"d/old.md#archived-old",5,11,[]]
["changed","a.md#one",null,5,11,[{"column":"Status","old":"doing","new":"done"}]]
OUT
)
  rowmark diff HEAD~3 HEAD --format md | grep -qxF '| x | **moved** | a.md#one |  |'
}

@test "blame: a move does not set a status, in whatever table or file it was set" {
  travelled
  GIT_AUTHOR_NAME=Cid rowmark mv -q y d/old.md#archived-old
  rowmark blame d/old.md | sed -E 's/ +/ /g; s/[0-9-]{10} 1 [0-9a-f]{7} //' | diff - <(cat <<'OUT'
ROW STATUS SINCE DAYS COMMIT AUTHOR
w done Ada when added
x done Ada
z done Ada when added
y todo Ada when added
OUT
)
  # z came with the first commit, x was done in the one that moved it, w came with the second.
  diff <(rowmark blame d/old.md --json | jq -r '.rows[].subject') <(printf 'd/old.md\nby hand\na.md\na.md\n')
}

@test "history: what was done when it was archived stays done, and is counted once" {
  fresh
  printf '# L\n\n| P | Status |\n|---|---|\n| a | done |\n| b | todo |\n| c | done |\n| d | todo |\n' | commit_file a.md
  printf '# Old\n\n| P | Status |\n|---|---|\n' | commit_file old.md
  last() { rowmark history --format csv "$@" | tail -1 | cut -d, -f4-; }
  before=$(last a.md)
  rowmark archive -q a.md --to old.md
  [ "$(last a.md)" = "$before" ]
  [ "$(last a.md old.md)" = "$before" ]
  # What is not done is gone from here; what comes back is counted where it is.
  rowmark mv -q a b -f old.md -f a.md a.md 2>/dev/null || rowmark mv -q a -f old.md a.md
  [ "$(last a.md)" = "$before" ]
  rowmark mv -q d old.md -f a.md
  [ "$(last a.md)" != "$before" ]
  # To a table under a heading of its own: of the one table, and of the file.
  rowmark done -q b a.md
  before=$(last 'a.md#l') whole=$(last a.md)
  rowmark archive -q a.md
  [ "$(last 'a.md#l')" = "$before" ]
  [ "$(last a.md)" = "$whole" ]
}

# A branch edits a row that main archives: archived WORDS...
branches() {
  fresh
  printf '# L\n\n| P | Status | Note |\n|---|---|---|\n| a | done | |\n| b | todo | |\n| c | done | |\n' | commit_file a.md
  printf '# Old\n\n| P | Status | Note |\n|---|---|---|\n' | commit_file old.md
  rowmark install --merge >/dev/null
  git add -A && git commit -qm installed
  git checkout -q -b side
  rowmark set -q c edited -c Note
  git checkout -q main
  rowmark archive -q a.md "$@"
}

@test "merge: an edit goes along with a row that was archived in the same file, either way round" {
  branches
  git merge -q side -m merged
  rowmark show --format csv 'a.md#archived-l' | diff - <(printf 'P,Status,Note\na,done,\nc,done,edited\n')
  rowmark show --format csv 'a.md#l' | diff - <(printf 'P,Status,Note\nb,todo,\n')
  git reset -q --hard HEAD~
  git checkout -q side
  git merge -q main -m merged
  grep -qxF '| c | done | edited |' a.md
  [ "$(grep -c '^| c |' a.md)" -eq 1 ]
  # What both changed is a conflict still.
  git reset -q --hard HEAD~
  git checkout -q main
  rowmark set -q c other -c Note a.md
  run git merge side -m merged
  [ "$status" -ne 0 ]
}

@test "merge: a conflict says in which file the row is now, for either side" {
  branches --to old.md
  run git merge side -m merged
  [ "$status" -ne 0 ]
  [[ $output == *"a.md: a row 'c' is in old.md, line 6, of HEAD"* ]]
  git merge --abort
  git checkout -q side
  run git merge main -m merged
  [[ $output == *"a.md: a row 'c' is in old.md, line 6, of $(git rev-parse main | cut -c -16)"* ]]
}

# --- two branches, two files -----------------------------------------------------------

# What main and side say after land, in either direction and way: an edit and a move of c.
landed() { # branch onto [option...]
  local branch=$1 onto=$2
  shift 2
  rowmark land "$branch" --onto "$onto" "$@" >"$HOME/said" || { cat "$HOME/said"; return 1; }
  git show "$onto:a.md" >"$HOME/a.md"
  git show "$onto:old.md" >"$HOME/old.md"
}

@test "land: an edit goes into the file that has the row now, either way round and in each way" {
  branches --to old.md
  edited=$(git rev-parse side) archived=$(git rev-parse main)
  for way in "" --rebase --squash; do
    # shellcheck disable=SC2086 # no word where there is no option
    landed side main $way
    grep -qxF '| c | done | edited |' "$HOME/old.md"
    (! grep '^| c |' "$HOME/a.md")
    git reset -q --hard "$archived"
    git checkout -q side
    # shellcheck disable=SC2086
    landed main side $way
    grep -qxF '| c | done | edited |' "$HOME/old.md"
    (! grep '^| c |' "$HOME/a.md")
    git reset -q --hard "$edited"
    git checkout -q main
  done
  is_clean
}

@test "land: an edit goes into a file that is new there, and its link leads where it led" {
  branches
  git reset -q --hard side
  git checkout -q -b moved side~
  mkdir d
  rowmark new -q 'd/new.md#Done' --like 'a.md#l'
  rowmark mv -q c -f a.md 'd/new.md#done'
  git checkout -q side
  rowmark set -q c 'see [it](x/n.md)' -c Note a.md
  rowmark set -q b changed -c Note a.md
  rowmark land -q moved --onto side
  grep -qxF '| c | done | see [it](../x/n.md) |' d/new.md
  grep -qxF '| b | todo | changed |' a.md
  (! grep '^| c |' a.md)
  git fsck --strict --no-dangling
}

@test "land: where both changed a cell it stays a person's, told where the row is" {
  branches --to old.md
  rowmark set -q c other -c Note old.md
  expect 1 rowmark land side --onto main <<'E2'
side: cannot be landed; ours is main, theirs is the branch:
  a.md#l c: ours deleted it, theirs edited it; ours has it in old.md, line 6
E2
  git checkout -q side
  run rowmark land main --onto side
  [ "$status" -eq 1 ]
  [[ $output == *'theirs deleted it, ours edited it; theirs has it in old.md, line 6'* ]]
  is_clean
}

@test "land: several rows, some of which were edited, some by both in the same way" {
  fresh
  { printf '# L\n\n| P | Status | Note |\n|---|---|---|\n' && seq 40 | sed 's/.*/| r& | done | about & |/'; } | commit_file a.md
  printf '# Old\n\n| Note | P | Status |\n|---|---|---|\n' | commit_file old.md
  git checkout -q -b side
  for i in 3 17 40; do rowmark set -q "r$i" "n$i" -c Note a.md; done
  git checkout -q main
  rowmark mv -q r3 r9 r17 r18 old.md -f a.md
  rowmark set -q r17 n17 -c Note old.md
  rowmark land -q side --onto main
  rowmark show --format csv old.md | diff - <(printf 'Note,P,Status\nn3,r3,done\nabout 9,r9,done\nn17,r17,done\nabout 18,r18,done\n')
  grep -qxF '| r40 | done | n40 |' a.md
  [ "$(grep -c '^| r' a.md)" -eq 36 ]
}
