# The merge driver in real repositories, called by git as git does.

load common

# The driver without `install`, so that this file tests the driver alone.
with_driver() {
  git config merge.rowmark.driver 'rowmark merge -L %L -P %P -S %S -X %X -Y %Y %O %A %B'
  echo '*.md merge=rowmark' >.git/info/attributes
}

list() { # rows...
  printf '# Papers\n\n| Paper | Read |\n|-------|------|\n'
  printf '| %s |\n' "$@"
}

# main and side both add a row at the end.
two_branches() {
  fresh
  with_driver
  list 'LoRA | no' 'LIMA | no' 'QLoRA | no' | commit_file list.md base
  git checkout -q -b side
  list 'LoRA | no' 'LIMA | no' 'QLoRA | no' 'Side | no' | commit_file list.md side
  git checkout -q main
  list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' | commit_file list.md main
}

@test "git merge: both added a row at the end" {
  two_branches
  git merge -q side -m merge
  diff list.md <(list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' 'Side | no')
  is_clean
}

@test "without the driver the same merge conflicts" {
  two_branches
  rm .git/info/attributes
  run git merge -q side -m merge
  [ "$status" -ne 0 ]
}

# Since 2.45 git hands its own names of the sides to a driver.
old_names() {
  sed 's/^<<<<<<< .*/<<<<<<< ours/; s/^||||||| .*/||||||| base/; s/^>>>>>>> .*/>>>>>>> theirs/'
}

@test "git merge: one cell changed two ways is a conflict around that row" {
  fresh
  with_driver
  list 'LoRA | no' 'LIMA | no' | commit_file list.md base
  git checkout -q -b side
  list 'LoRA | no' 'LIMA | yes' | commit_file list.md side
  git checkout -q main
  list 'LoRA | yes' 'LIMA | doing' | commit_file list.md main
  run git merge -q side -m merge
  [ "$status" -eq 1 ]
  [[ "$output" == *"list.md#papers LIMA: conflict: Read: ours has 'doing', theirs has 'yes'"* ]]
  old_names <list.md | diff - /dev/fd/3 3<<'END'
# Papers

| Paper | Read |
|-------|------|
| LoRA | yes |
<<<<<<< ours
| LIMA | doing |
=======
| LIMA | yes |
>>>>>>> theirs
END
  [ "$(git ls-files -u | wc -l)" -eq 3 ]
  list 'LoRA | yes' 'LIMA | yes' >list.md
  git add list.md
  git commit -q -m merged
  is_clean
}

@test "merge.conflictStyle is honoured" {
  fresh
  with_driver
  git config merge.conflictStyle diff3
  list 'LIMA | no' | commit_file list.md base
  git checkout -q -b side
  list 'LIMA | yes' | commit_file list.md side
  git checkout -q main
  list 'LIMA | doing' | commit_file list.md main
  run git merge -q side -m merge
  [ "$status" -eq 1 ]
  tail -n 7 list.md | old_names | diff - /dev/fd/3 3<<'END'
<<<<<<< ours
| LIMA | doing |
||||||| base
| LIMA | no |
=======
| LIMA | yes |
>>>>>>> theirs
END
}

@test "git rebase of 20 commits, each adding a row where main did" {
  fresh
  with_driver
  list 'LoRA | no' | commit_file list.md base
  git checkout -q -b side
  rows=('LoRA | no')
  for i in $(seq 20); do
    rows+=("Side $i | no")
    list "${rows[@]}" | commit_file list.md "side $i"
  done
  git checkout -q main
  list 'LoRA | yes' 'Main | no' | commit_file list.md main
  git checkout -q side
  git rebase -q main
  [ "$(git rev-list --count main..side)" -eq 20 ]
  diff list.md <(list 'LoRA | yes' 'Main | no' "${rows[@]:1}")
  is_clean
}

@test "git cherry-pick" {
  two_branches
  git cherry-pick side >/dev/null
  diff list.md <(list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' 'Side | no')
  is_clean
}

@test "git revert of a commit that others were built on" {
  two_branches
  list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' 'Later | no' | commit_file list.md later
  git revert --no-edit HEAD~1 >/dev/null
  diff list.md <(list 'LoRA | no' 'LIMA | no' 'QLoRA | no' 'Later | no')
  is_clean
}

@test "git stash pop" {
  two_branches
  list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' 'Stashed | no' >list.md
  git stash -q
  list 'LoRA | yes' 'LIMA | yes' 'QLoRA | no' 'Main | no' 'Other | no' | commit_file list.md other
  git stash pop -q
  diff list.md <(list 'LoRA | yes' 'LIMA | yes' 'QLoRA | no' 'Main | no' 'Other | no' 'Stashed | no')
  git commit -q -a -m stashed
  is_clean
}

@test "an octopus that conflicts is refused as git does, and nothing stays behind" {
  two_branches
  git branch third main~1
  git checkout -q third
  list 'LoRA | no' 'LIMA | yes' 'QLoRA | no' | commit_file list.md third
  git checkout -q side
  list 'LoRA | doing' 'LIMA | no' 'QLoRA | no' 'Side | no' | commit_file list.md 'side again'
  git checkout -q main
  run git merge side third -m octopus
  [ "$status" -ne 0 ]
  git merge --abort 2>/dev/null || git reset -q --hard
  is_clean
}

@test "criss-cross merges, where the base is itself a merge" {
  two_branches
  git branch side2 side
  git merge -q side -m 'one way'
  git checkout -q side2
  git merge -q main~1 -m 'the other way'
  list 'LoRA | yes' 'LIMA | yes' 'QLoRA | no' 'Main | no' 'Side | no' | commit_file list.md a
  git checkout -q main
  list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' 'Side | no' 'Last | no' | commit_file list.md b
  git merge -q side2 -m both
  diff list.md <(list 'LoRA | yes' 'LIMA | yes' 'QLoRA | no' 'Main | no' 'Side | no' 'Last | no')
  is_clean
}

@test "a file that is conflicted already: --resolve" {
  two_branches
  rm .git/info/attributes
  run git merge -q side -m merge 2>/dev/null
  [ "$status" -ne 0 ]
  grep -q '^<<<<<<<' list.md
  expect 0 rowmark merge --resolve list.md <<'END'
list.md: merged, nothing is left to decide; now: git add list.md
END
  diff list.md <(list 'LoRA | yes' 'LIMA | no' 'QLoRA | no' 'Main | no' 'Side | no')
  git add list.md
  git commit -q -m merged
  is_clean
}

@test "--resolve keeps the names git gave the sides, and may be run again" {
  two_branches
  rm .git/info/attributes
  sed -i 's/LIMA | no/LIMA | later/' list.md
  git commit -q -a -m later
  git checkout -q side
  sed -i 's/LIMA | no/LIMA | yes/' list.md
  git commit -q -a -m yes
  git checkout -q main
  run git merge -q side -m merge 2>/dev/null
  [ "$status" -ne 0 ]
  for again in 1 2; do
    expect 1 rowmark merge --resolve list.md <<'END'
rowmark: list.md#papers LIMA: conflict: Read: ours has 'later', theirs has 'yes'
END
    [ "$(sed -n '/^<<<<<<</,/^>>>>>>>/p' list.md)" = '<<<<<<< HEAD
| LIMA | later |
=======
| LIMA | yes |
>>>>>>> side' ]
  done
  expect 129 rowmark merge --resolve <<'END'
rowmark: merge: --resolve: a FILE is wanted
END
}

@test "--resolve does not write over what was edited since" {
  two_branches
  rm .git/info/attributes
  run git merge -q side -m merge 2>/dev/null
  [ "$status" -ne 0 ]
  echo 'a note' >>list.md
  cp list.md kept.md
  expect 129 rowmark merge --resolve list.md <<'END'
rowmark: list.md: edited since git wrote the conflict
hint: `git checkout -m -- list.md` writes it anew; --force does without
END
  cmp list.md kept.md
  rowmark merge -q --resolve --force list.md
  [ "$(grep -c note list.md)" -eq 0 ]
}

@test "--resolve of a file that has no conflict, and of one that a side deleted" {
  two_branches
  expect 129 rowmark merge --resolve list.md <<'END'
rowmark: list.md: git knows of no conflict in it
END
  git rm -q list.md
  git commit -q -m gone
  run git merge -q side -m merge 2>/dev/null
  [ "$status" -ne 0 ]
  run rowmark merge --resolve list.md
  [ "$status" -eq 129 ]
  [[ "$output" == *"ours deleted it"* ]]
}

@test "--resolve from a folder below the top, with what is left to decide" {
  two_branches
  mkdir docs
  git mv list.md docs/list.md
  git commit -q -m moved
  git checkout -q side
  list 'LoRA | doing' 'LIMA | no' 'QLoRA | no' 'Side | no' | commit_file list.md again
  git checkout -q main
  rm .git/info/attributes
  run git merge -q side -m merge 2>/dev/null
  [ "$status" -ne 0 ]
  cd docs
  run rowmark merge --resolve list.md
  [ "$status" -eq 1 ]
  [[ "$output" == *"list.md#papers LoRA: conflict"* ]]
  [ "$(grep -c '^<<<<<<<' list.md)" -eq 1 ]
  grep -q Side list.md
}

@test "as a driver it writes OURS and nothing else" {
  list 'a | 1' >base
  list 'a | 1' 'b | 2' >ours
  list 'a | 9' >theirs
  cp base base.kept
  cp theirs theirs.kept
  rowmark merge base ours theirs
  diff ours <(list 'a | 9' 'b | 2')
  cmp base base.kept
  cmp theirs theirs.kept
  [ "$(find . -type f ! -name .gitconfig | wc -l)" -eq 5 ]
}

@test "markers as long as git asks for, with the labels git knows" {
  list 'a | 1' >base
  list 'a | 2' >ours
  list 'a | 3' >theirs
  run rowmark merge -L 11 -P docs/x.md -S 1234567 -X HEAD -Y topic --style diff3 -p base ours theirs
  [ "$status" -eq 1 ]
  diff <(printf '%s\n' "$output" | tail -n 8) - <<'END'
<<<<<<<<<<< HEAD
| a | 2 |
||||||||||| 1234567
| a | 1 |
===========
| a | 3 |
>>>>>>>>>>> topic
rowmark: docs/x.md#papers a: conflict: Read: ours has '2', theirs has '3'
END
}

@test "trouble is over 128, so that git does not take it for a conflict" {
  list 'a | 1' >base
  cp base ours
  cp base theirs
  run rowmark merge base ours
  [ "$status" -eq 129 ]
  run rowmark merge base ours missing
  [ "$status" -eq 129 ]
  run rowmark merge --no-such-option base ours theirs
  [ "$status" -eq 129 ]
  run rowmark merge -L 0 base ours theirs
  [ "$status" -eq 129 ]
  cmp base ours
}

@test "what cannot be merged by rows is merged by lines, and a line says so" {
  { list 'a | 1'; echo; echo '<<<<<<< x'; } >base
  { list 'a | 1'; echo; echo '<<<<<<< x'; echo end; } >ours
  { list 'a | 2'; echo; echo '<<<<<<< x'; } >theirs
  expect 0 rowmark merge -P list.md base ours theirs <<'END'
rowmark: list.md: merged by lines: a version holds conflict markers
END
  diff ours <(list 'a | 2'; echo; echo '<<<<<<< x'; echo end)
}

@test "equal rows that cannot be told apart leave their table to the line merge" {
  list 'x | 1' 'a | 1' 'a | 1' 'y | 1' >base
  list 'x | 2' 'a | 1' 'y | 2' >ours
  list 'x | 1' 'a | 1' 'a | 9' 'y | 1' >theirs
  cp ours mine
  run rowmark merge -P list.md base ours theirs
  [ "$status" -eq 1 ]
  [[ "$output" == *"list.md#papers: merged by lines: it has equal rows that cannot be told apart"* ]]
  run git merge-file -p -L ours -L base -L theirs mine base theirs
  diff ours <(printf '%s\n' "$output")
}

@test "a summary that both sides brought up to date is written anew, not merged" {
  fresh
  with_driver
  { echo '<!-- rowmark:begin summary -->'; echo '<!-- rowmark:end -->'; echo
    list 'LoRA | no' 'LIMA | no' 'QLoRA | no'; } >list.md
  rowmark render -q --no-commit
  git add list.md
  git commit -q -m base
  git checkout -q -b side
  rowmark set -q lora yes
  git checkout -q main
  rowmark set -q qlora yes
  git merge -q side -m merge
  grep -qx '| LoRA | yes |' list.md
  grep -qx '| QLoRA | yes |' list.md
  rowmark render --check
  is_clean
}

@test "a summary of another file stays as it is in a merge" {
  fresh
  list 'LoRA | no' >list.md
  { echo '# Top'; echo; echo '<!-- rowmark:begin summary list.md -->'; echo '<!-- rowmark:end -->'; echo
    list 'LIMA | no' 'QLoRA | no'; } >README.md
  git add list.md README.md
  git commit -q -m base
  rowmark render -q
  cp README.md base
  sed 's/LIMA | no/LIMA | yes/' base >ours
  sed 's/# Top/# List/' base >theirs
  run rowmark merge --stdout -P README.md base ours theirs
  [ "$status" -eq 0 ]
  [ "$output" = "$(sed 's/# Top/# List/' ours)" ]
}

@test "random merges: rows are what a model of merging expects (make model)" {
  [ -x "$BATS_TEST_DIRNAME/../../$B/model_merge" ] || skip "no $B/model_merge"
  run "$BATS_TEST_DIRNAME/../../$B/model_merge" 1 $((ROWMARK_SAN ? 200 : 3000))
  [ "$status" -eq 0 ]
  [[ "$output" == *", by lines "* ]]
}
