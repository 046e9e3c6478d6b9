# install --merge, --diff=rows: by what git merges and shows tables by rows, and what it does
# where rowmark cannot be run.

bats_require_minimum_version 1.5.0
load common

list() { # rows...
  printf '# Papers\n\n| Paper | Read |\n|-------|------|\n'
  printf '| %s |\n' "$@"
}

@test "installed, installed again, checked, removed" {
  fresh
  expect 1 rowmark install --merge --check <<'END'
merge driver: not installed
END
  expect 0 rowmark install --merge <<'END'
merge driver: installed
  .gitattributes, git config --local merge.rowmark
END
  diff .gitattributes - <<'END'
*.md merge=rowmark
*.markdown merge=rowmark
END
  expect 0 rowmark install --merge <<'END'
merge driver: installed already
END
  expect 0 rowmark install --merge --check <<'END'
merge driver: installed
END
  expect 0 rowmark uninstall --merge <<'END'
merge driver: removed
  .gitattributes, git config --local merge.rowmark
END
  [ ! -e .gitattributes ]
  [ "$(grep -c rowmark .git/config)" -eq 0 ]
  expect 0 rowmark uninstall --merge <<'END'
merge driver: was not installed
END
}

@test "--diff=rows is of this clone alone, and never without being asked for" {
  fresh
  rowmark install -q
  [ -z "$(git config --get diff.rowmark.textconv)" ]
  [ "$(git check-attr diff -- a.md)" = 'a.md: diff: unspecified' ]
  expect 1 rowmark install --diff=rows --check <<'END'
diff driver: not installed
END
  expect 0 rowmark install --diff=rows <<'END'
diff driver: installed
  info/attributes of this clone, git config --local diff.rowmark
  git diff is for reading now; a patch is made by git diff --no-textconv
END
  (! grep diff .gitattributes)
  [ "$(git check-attr diff -- a.md)" = 'a.md: diff: rowmark' ]
  expect 0 rowmark install --diff=rows --check <<'END'
diff driver: installed: git diff shows rows in this clone
END
  expect 0 rowmark install --merge --check <<'END'
merge driver: installed
END
  git worktree add -q ../linked -b linked 2>/dev/null || {
    git commit -q --allow-empty -m first
    git worktree add -q ../linked -b linked
  }
  (cd ../linked && rowmark install -q --diff=rows --check)
  expect 0 rowmark uninstall --diff <<'END'
diff driver: removed
END
  [ ! -e .git/info/attributes ] || (! grep rowmark .git/info/attributes)
  expect 2 rowmark install --diff=rows --global <<'END'
rowmark: the diff driver is for one clone alone: not with --global
END
}

@test "what an older rowmark installed is found, and mended" {
  fresh
  printf '%s merge=rowmark diff=rowmark\n' '*.md' '*.markdown' >.gitattributes
  echo '*.txt text' >>.gitattributes
  git config merge.rowmark.driver 'rowmark merge -L %L -P %P %O %A %B'
  git config diff.rowmark.textconv 'rowmark diff --textconv'
  expect 1 rowmark install --merge --check <<'END'
merge driver: installed by another version: rowmark install
diff driver: set for everyone by another version, so that git diff is no patch: rowmark install
END
  expect 0 rowmark install --merge <<'END'
merge driver: installed
  .gitattributes, git config --local merge.rowmark
diff driver: removed for everyone, so that git diff is a patch again
END
  diff .gitattributes - <<'END'
*.md merge=rowmark
*.markdown merge=rowmark
*.txt text
END
  [ -z "$(git config --get diff.rowmark.textconv)" ]
  rowmark install -q --merge --check
}

@test "an older diff driver is taken back whatever line uses it, but not where this clone asks for it" {
  fresh
  echo 'docs/*.md text merge=rowmark diff=rowmark' >.gitattributes
  git config diff.rowmark.textconv 'rowmark diff --textconv'
  run -1 rowmark install --merge --check
  [[ $output == *'diff driver: set for everyone by another version'* ]]
  rowmark install --merge | grep -q '^diff driver: removed for everyone'
  [ -z "$(git config --get diff.rowmark.textconv)" ]
  rowmark install -q --merge --check
  git config diff.rowmark.textconv 'rowmark diff --textconv'
  mkdir -p .git/info
  echo 'docs/*.md diff=rowmark' >.git/info/attributes
  rowmark install -q --merge --check
  rowmark install -q --merge
  [ -n "$(git config --get diff.rowmark.textconv)" ]
}

@test "what others wrote in .gitattributes stays, goes before ours, and is named" {
  fresh
  printf '* text=auto\n*.md merge=union' >.gitattributes
  cp .gitattributes was
  expect 0 rowmark install --merge <<'END'
merge driver: installed
  .gitattributes, git config --local merge.rowmark
  '*.md merge=union' there is yours and goes before it
END
  diff .gitattributes <(
    printf '*.md merge=rowmark\n*.markdown merge=rowmark\n'
    cat was
  )
  [ "$(git check-attr merge -- a.md)" = 'a.md: merge: union' ]
  [ "$(git check-attr merge -- a.markdown)" = 'a.markdown: merge: rowmark' ]
  rowmark uninstall -q --merge
  cmp .gitattributes was
  rm .gitattributes
  mkdir -p "$HOME/.config/git"
  echo '*.md merge=union' >"$HOME/.config/git/attributes"
  expect 0 rowmark install --merge <<'END'
merge driver: installed
  .gitattributes, git config --local merge.rowmark
  it goes before merge=union, which was set elsewhere
END
}

@test "a clone has the attributes and lacks the configuration; check says so" {
  fresh
  rowmark install -q --merge
  git add .gitattributes
  git commit -q -m attributes
  git clone -q . ../clone
  cd ../clone
  expect 1 rowmark install --merge --check <<'END'
merge driver: not set up in this clone: rowmark install
END
  rowmark install -q --merge
  rowmark install -q --merge --check
  is_clean
}

@test "--global serves every repository of the user" {
  expect 0 rowmark install --global --merge <<'END'
merge driver: installed
  ~/.config/git/attributes, git config --global merge.rowmark
END
  fresh
  list 'LoRA | no' | commit_file list.md base
  git checkout -q -b side
  list 'LoRA | no' 'Side | no' | commit_file list.md side
  git checkout -q main
  list 'LoRA | no' 'Main | no' | commit_file list.md main
  git merge -q side -m merge
  diff list.md <(list 'LoRA | no' 'Main | no' 'Side | no')
  is_clean
  rowmark uninstall -q --global --merge
  [ ! -e "$HOME/.config/git/attributes" ]
  [ "$(grep -c rowmark "$HOME/.gitconfig")" -eq 0 ]
}

@test "attributes behind a symbolic link, which git does not follow, are not written" {
  fresh
  echo '*.txt text' >elsewhere
  ln -s elsewhere .gitattributes
  run rowmark install --merge
  [ "$status" -eq 2 ]
  [[ "$output" == *".gitattributes: is a symbolic link, and git does not follow it"* ]]
  [ "$(cat elsewhere)" = '*.txt text' ]
  run git config merge.rowmark.driver
  [ "$status" -eq 1 ]
  run rowmark install --merge --check
  [ "$status" -eq 2 ]
}

@test "for one repository or for all, not both" {
  fresh
  expect 2 rowmark install --local --global <<'END'
rowmark: --local or --global, not both
END
  [ ! -e .gitattributes ]
}

@test "installed, git merges by rows and git log -p shows rows" {
  fresh
  rowmark install -q --merge --diff=rows
  git add .gitattributes
  list 'LoRA | no' | commit_file list.md base
  git checkout -q -b side
  list 'LoRA | yes' | commit_file list.md side
  git checkout -q main
  list 'LoRA | no' 'Main | no' | commit_file list.md main
  git merge -q side -m merge
  git log -p --format=%s side -1 | grep -qx -e '+LoRA: Read: yes'
  is_clean
}

@test "outside a repository: an error, and nothing written" {
  run rowmark install --merge
  [ "$status" -eq 2 ]
  [ ! -e .gitattributes ]
}

# --- where rowmark cannot be run ------------------------------------------------------

# A driver that does what $1 says in place of rowmark: "gone", or a line for the shell.
poor() {
  mkdir -p "$HOME/bin"
  if [ "$1" = gone ]; then
    PATH=/usr/bin:/bin
    (! command -v rowmark >/dev/null) || skip "a rowmark in /usr/bin"
  else
    printf '#!/bin/sh\n%s\n' "$1" >"$HOME/bin/rowmark"
    chmod +x "$HOME/bin/rowmark"
    PATH=$HOME/bin:/usr/bin:/bin
  fi
}

# Both sides' rows are in the file, and where git calls it unmerged the markers are.
nothing_lost() { # rows...
  local row
  for row in "$@"; do
    grep -qF "| $row |" list.md || { cat list.md; return 1; }
  done
  if [ -n "$(git ls-files -u)" ]; then
    grep -q '^<<<<<<< ' list.md && grep -q '^=======$' list.md && grep -q '^>>>>>>> ' list.md
  fi
}

# Two branches that change one row, and add one each.
two_sides() {
  fresh
  rowmark install -q --merge
  git add .gitattributes
  list 'LoRA | no' 'LIMA | no' | commit_file list.md base
  git checkout -q -b side
  list 'LoRA | side' 'LIMA | no' 'Side | no' | commit_file list.md side
  git checkout -q main
  list 'LoRA | main' 'LIMA | no' 'Main | no' | commit_file list.md main
}

@test "merge, rebase, cherry-pick, revert, stash pop and am -3 where rowmark is gone, or fails" {
  for how in gone 'exit 2' 'exit 126' 'exit 127' 'kill -9 $$' 'echo garbage; exit 3'; do
    for command in 'merge side' 'rebase side' 'cherry-pick side'; do
      two_sides
      (
        poor "$how"
        git $command >/dev/null 2>&1 || :
        nothing_lost 'LoRA | side' 'LoRA | main' 'Side | no' 'Main | no'
      )
      cd .. && rm -rf repo
    done
    two_sides
    (
      poor "$how"
      git checkout -q side
      git format-patch -q --stdout main..side >../patch
      git checkout -q main
      git am -3 ../patch >/dev/null 2>&1 || :
      nothing_lost 'LoRA | side' 'LoRA | main' 'Side | no' 'Main | no'
      git am --abort
      list 'LoRA | third' 'LIMA | no' 'Main | no' | commit_file list.md third
      git revert --no-edit HEAD~1 >/dev/null 2>&1 || :
      nothing_lost 'LoRA | third'
      git revert --abort
      list 'LoRA | stash' 'LIMA | no' 'Main | no' >list.md
      git stash -q
      list 'LoRA | fourth' 'LIMA | no' 'Main | no' | commit_file list.md fourth
      git stash pop >/dev/null 2>&1 || :
      nothing_lost 'LoRA | stash' 'LoRA | fourth'
    )
    cd .. && rm -rf repo
  done
}

@test "a conflict is rowmark's answer and not a failure; git's labels stand at the markers" {
  two_sides
  (! git merge side >out 2>&1)
  grep -q 'conflict: ' out
  (! grep -q 'merged by lines' out)
  grep -q '^<<<<<<< ' list.md
  grep -qx '| Side | no |' list.md
}

@test "git diff shows the file as it is where rowmark is gone, or fails half way" {
  fresh
  rowmark install -q --diff=rows
  list 'LoRA | no' | commit_file list.md base
  list 'LoRA | yes' | commit_file list.md yes
  git log -p --format=%s -1 | grep -qx -e '+LoRA: Read: yes'
  for how in gone 'exit 2' 'kill -9 $$' 'echo garbage; exit 1'; do
    (
      poor "$how"
      git log -p --format=%s -1 >../log
      grep -qx -e '+| LoRA | yes |' ../log
      (! grep -q garbage ../log)
      git blame list.md | grep -q 'LoRA | yes'
    )
  done
}

# --- git diff stays a patch -----------------------------------------------------------

@test "diff, apply, add -p, stash -p, format-patch, am, log -p, blame with all that is installed" {
  for what in none --hook --merge ''; do
    fresh
    list 'LoRA | no' 1 2 3 4 5 6 7 8 'LIMA | no' | sed 's/^| \([0-9]\) |$/| \1 | no |/' | commit_file list.md base
    # shellcheck disable=SC2086 # no word, or one
    [ "$what" = none ] || rowmark install -q $what
    git add -A && git commit -q -m installed --allow-empty
    sed 's/LoRA | no/LoRA | yes/; s/LIMA | no/LIMA | yes/' list.md >want
    cp list.md was
    cp want list.md
    git diff >p
    git apply -R p
    cmp list.md was
    git apply p
    cmp list.md want
    git diff -U0 | git apply -R --unidiff-zero
    cmp list.md was
    cp want list.md
    printf 'y\nn\n' | git add -p list.md >/dev/null
    git cat-file -p :list.md | cmp - <(sed 's/LoRA | no/LoRA | yes/' was)
    git reset -q
    printf 'n\ny\n' | git stash -p >/dev/null
    cmp list.md <(sed 's/LoRA | no/LoRA | yes/' was)
    git checkout -q list.md
    git stash pop -q
    cmp list.md <(sed 's/LIMA | no/LIMA | yes/' was)
    git commit -q -m lima -- list.md
    git format-patch -q --stdout -1 >one.mbox
    git reset -q --hard HEAD~1
    git am -q one.mbox
    cmp list.md <(sed 's/LIMA | no/LIMA | yes/' was)
    git log -p -1 | grep -qx -e '+| LIMA | yes |'
    git blame -s list.md | grep -q '| LIMA | yes |$'
    cd .. && rm -rf repo
  done
}
