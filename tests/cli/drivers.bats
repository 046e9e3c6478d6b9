# install --merge, --diff: what tells git to merge and show tables by rows.

load common

list() { # rows...
  printf '# Papers\n\n| Paper | Read |\n|-------|------|\n'
  printf '| %s |\n' "$@"
}

@test "installed, installed again, checked, removed" {
  fresh
  expect 1 rowmark install --merge --diff --check <<'END'
merge driver: not installed
diff driver: not installed
END
  expect 0 rowmark install --merge --diff <<'END'
merge driver: installed
  .gitattributes, git config --local merge.rowmark
diff driver: installed
  .gitattributes, git config --local diff.rowmark
END
  diff .gitattributes - <<'END'
*.md merge=rowmark diff=rowmark
*.markdown merge=rowmark diff=rowmark
END
  expect 0 rowmark install --merge --diff <<'END'
merge driver: installed already
diff driver: installed already
END
  expect 0 rowmark install --merge --diff --check <<'END'
merge driver: installed
diff driver: installed
END
  expect 0 rowmark uninstall --diff <<'END'
diff driver: removed
  .gitattributes, git config --local diff.rowmark
END
  grep -qx '\*.md merge=rowmark' .gitattributes
  [ -z "$(git config --get diff.rowmark.textconv)" ]
  rowmark uninstall --merge
  [ ! -e .gitattributes ]
  [ "$(grep -c rowmark .git/config)" -eq 0 ]
  expect 0 rowmark uninstall --merge <<'END'
merge driver: was not installed
END
}

@test "what others wrote in .gitattributes stays" {
  fresh
  printf '* text=auto\n*.md linguist-documentation' >.gitattributes
  cp .gitattributes was
  rowmark install -q --merge
  diff .gitattributes - <<'END'
* text=auto
*.md linguist-documentation
*.md merge=rowmark
*.markdown merge=rowmark
END
  [ "$(git check-attr merge -- a.md)" = 'a.md: merge: rowmark' ]
  [ "$(git check-attr linguist-documentation -- a.md)" = 'a.md: linguist-documentation: set' ]
  rowmark uninstall -q --merge
  diff .gitattributes <(cat was; echo)
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

@test "installed, git merges by rows and git log -p speaks in rows" {
  fresh
  rowmark install -q --merge --diff
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
