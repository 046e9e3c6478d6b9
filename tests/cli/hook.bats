#!/usr/bin/env bats
# The hook in real commits: what is staged decides, wherever the worktree stands.
bats_require_minimum_version 1.5.0
load common

good() { printf '| a | b |\n|---|---|\n| 1 | 2 |\n'; }
bad() { printf '| a | b |\n|---|---|\n| 1 | 2 | lost |\n'; }

# A repository with one clean commit and the hook.
hooked() {
  fresh
  good | commit_file a.md
  good | commit_file b.md
  rowmark install --hook >/dev/null
}

# Whether a commit is refused by the hook, and no commit made.
refused() {
  local before
  before=$(git rev-parse HEAD)
  ! "$@" >out 2>&1 </dev/null || { cat out; return 1; }
  grep -q 'extra-cell' out || { cat out; return 1; }
  [ "$before" = "$(git rev-parse HEAD)" ]
  rm out
}

@test "install says what it did, twice does nothing, uninstall takes it away" {
  fresh
  expect 0 rowmark install --hook <<'EOF'
pre-commit: installed
pre-merge-commit: installed
EOF
  [ -x .git/hooks/pre-commit ]
  expect 0 rowmark install --hook <<'EOF'
pre-commit: installed already
pre-merge-commit: installed already
EOF
  rowmark install --hook --check
  expect 0 rowmark uninstall --hook <<'EOF'
pre-commit: removed
pre-merge-commit: removed
EOF
  run -1 rowmark install --hook --check
  [[ $output == *"pre-commit: not installed"* ]]
  [ ! -e .git/hooks/pre-commit ]
}

@test "two spellings are said when one more row has the other one, not when there are fewer" {
  hooked
  printf '| K | Status |\n|---|---|\n| a | Not read |\n| b | Not read |\n' >s.md
  printf '| %s | Not Read |\n' c d e >>s.md
  printf '| f | Read |\n' >>s.md
  git add s.md && git commit -q -m s 2>out && grep -q "'Not read' in 2 rows" out
  rowmark done -q c 2>out && ! grep 'two spellings' out
  rowmark done -q a 2>out && ! grep 'two spellings' out # another row comes first, "in 1 row"
  sed -i 's/| f | Read |/| f | Not read |/' s.md
  git commit -q -a -m f 2>out && grep -q 'two spellings' out
}

@test "a broken staged row is refused although the worktree is clean, and the reverse passes" {
  hooked
  bad >a.md
  git add a.md
  good >a.md
  refused git commit -m bad
  git reset -q --hard
  printf '\nText\n' >>a.md
  git add a.md
  bad >a.md
  git commit -q -m good
  [ "$(git log -1 --format=%s)" = good ]
}

@test "git commit -a, git commit -- path, --amend, --no-verify" {
  hooked
  bad >a.md
  refused git commit -a -m bad
  refused git commit -m bad -- a.md
  # Another file that is broken, but not in this commit.
  printf '\nText\n' >>b.md
  git commit -q -m 'only b' -- b.md
  git add a.md
  refused git commit --amend -m bad
  git commit -q --no-verify -m 'past the hook'
  [ "$(git log -1 --format=%s)" = 'past the hook' ]
}

@test "what was broken before and is not in the commit does not stand in the way" {
  fresh
  bad | commit_file old.md
  good | commit_file a.md
  rowmark install --hook >/dev/null
  printf '\nText\n' >>a.md
  git commit -q -am 'not old.md'
}

@test "the first commit of all, a deletion, a rename" {
  fresh
  rowmark install --hook >/dev/null
  good >a.md
  bad >b.md
  git add .
  (! git commit -q -m first 2>/dev/null)
  git rm -q --cached b.md
  git commit -q -m first
  git mv a.md c.md
  git commit -q -m rename
  git rm -q c.md
  git commit -q -m delete
}

@test "a linked worktree, a folder below, core.hooksPath" {
  hooked
  git worktree add -q ../linked -b linked
  (
    cd ../linked
    bad >a.md
    refused git commit -a -m bad
    git checkout -q -- a.md
    printf '\nText\n' >>a.md
    git commit -q -am good
    rowmark install --hook --check
  )
  mkdir docs
  cd docs
  bad >c.md
  git add c.md
  refused git commit -m bad
  git reset -q
  cd ..
  rm -r docs
  git config core.hooksPath myhooks
  rowmark install --hook >/dev/null
  [ -x myhooks/pre-commit ]
  rowmark uninstall --hook >/dev/null
  [ ! -e myhooks/pre-commit ]
  [ -x .git/hooks/pre-commit ]
}

@test "a merge brings what no parent has: an old fault of a side passes, a new one does not" {
  hooked
  git checkout -q -b topic
  bad >c.md
  git add c.md
  git commit -q --no-verify -m topic
  git checkout -q main
  printf '\nText\n' >>b.md
  git commit -q -am main
  git merge -q topic -m merge
  [ "$(git rev-list --parents -1 HEAD | wc -w)" = 3 ]
  git reset -q --hard HEAD~1
  # One row each, in one place: together they make a table of two keys.
  printf '<!-- rowmark: t; a: key -->\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText\n' >d.md
  git add d.md && git commit -q -m key
  git checkout -q -b other
  sed -i 's/^| 1 | 2 |$/&\n| 3 | 4 |/' d.md
  git commit -q -am other
  git checkout -q main
  sed -i 's/^| 1 | 2 |$/| 3 | 5 |\n&/' d.md
  git commit -q -am main
  run -1 git merge other -m merge
  [[ $output == *primary-key* ]]
  git merge --abort 2>/dev/null || git reset -q --hard
  # The same when a person commits the merge.
  git merge --no-commit other >/dev/null
  run -1 git commit -m merge
  [[ $output == *primary-key* ]]
}

@test "conflict markers that were added are refused" {
  hooked
  git checkout -q -b topic
  sed -i 's/| 1 | 2 |/| 1 | 3 |/' a.md
  git commit -q -am topic
  git checkout -q main
  sed -i 's/| 1 | 2 |/| 1 | 4 |/' a.md
  git commit -q -am main
  (! git merge topic >/dev/null 2>&1)
  git add a.md
  run -1 git commit -m markers
  [[ $output == *conflict-marker* ]]
  good >a.md
  git add a.md
  git commit -q -m resolved
}

@test "a foreign hook is left alone, and the line to add is told" {
  fresh
  printf '#!/bin/sh\necho theirs\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  cp .git/hooks/pre-commit before
  run -2 rowmark install --hook
  [[ $output == *"left alone"* ]]
  [[ $output == *"rowmark check --staged || exit"* ]]
  cmp before .git/hooks/pre-commit
  rowmark uninstall --hook >/dev/null
  cmp before .git/hooks/pre-commit
}

@test "--chain keeps a foreign hook and runs both; uninstall puts it back" {
  fresh
  good | commit_file a.md
  printf '#!/bin/sh\necho theirs\n[ ! -e stop ]\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  cp .git/hooks/pre-commit before
  rowmark install --hook --chain
  bad >a.md
  refused git commit -a -m bad
  git checkout -q -- a.md
  printf '\nText\n' >>a.md
  touch stop
  (! git commit -q -am 'theirs says no' 2>/dev/null)
  rm stop
  run -0 git commit -am good
  [[ $output == *theirs* ]]
  rowmark uninstall --hook
  cmp before .git/hooks/pre-commit
  [ ! -e .git/hooks/pre-commit.before-rowmark ]
}

@test "a hook that calls rowmark itself is enough" {
  fresh
  printf '#!/bin/sh\nrowmark check --staged || exit\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  expect 0 rowmark install --hook <<'EOF'
pre-commit: calls rowmark already
pre-merge-commit: installed
EOF
}

@test "the pre-commit framework takes .pre-commit-hooks.yaml, and runs it" {
  command -v pre-commit >/dev/null || skip "no pre-commit here (Debian: pre-commit)"
  run -0 pre-commit validate-manifest "$TOP/.pre-commit-hooks.yaml"
  fresh
  good | commit_file a.md
  sed "s|entry: rowmark|entry: $ROWMARK|" "$TOP/examples/ci/pre-commit.yaml" >.pre-commit-config.yaml
  git add .pre-commit-config.yaml
  pre-commit install >/dev/null
  git commit -q -m config
  bad >a.md
  refused git commit -a -m bad
  git checkout -q -- a.md
  printf '\nText\n' >>a.md
  git commit -q -am good
}

@test "the job in GitHub Actions: annotations, outputs, summary, status" {
  fresh
  bad >a.md
  export GITHUB_OUTPUT=$HOME/output GITHUB_STEP_SUMMARY=$HOME/summary GITHUB_ACTIONS=true
  run -1 env SARIF=out.sarif "$TOP/examples/ci/annotate"
  [[ $output == "::error title=extra-cell,file=a.md,line=3,"* ]]
  diff - "$GITHUB_OUTPUT" <<'EOF'
errors=1
warnings=0
EOF
  grep -q '^1 errors, 0 warnings$' "$GITHUB_STEP_SUMMARY"
  grep -q '^a.md:3:11: error' "$GITHUB_STEP_SUMMARY"
  jq -e '.version == "2.1.0"' out.sarif
  good >a.md
  run -0 "$TOP/examples/ci/annotate"
}

@test "install says once that there is no repository; --global needs none" {
  for command in install uninstall 'install --check'; do
    expect 2 rowmark $command <<'OUT'
rowmark: ~: not in a git repository
hint: 'git init' makes a repository of the current folder
OUT
  done
  expect 0 rowmark install --global <<'OUT'
merge driver: installed
  ~/.config/git/attributes, git config --global merge.rowmark
OUT
  rowmark uninstall --global
  expect 2 rowmark install --global --hook <<'OUT'
rowmark: ~: not in a git repository
hint: 'git init' makes a repository of the current folder
OUT
}

@test "install -q prints nothing" {
  fresh
  for command in install install 'install --check' uninstall uninstall; do
    expect 0 rowmark $command -q </dev/null
  done
  expect 1 rowmark install --check -q </dev/null
}

# --- whose hooks they are -------------------------------------------------------------

@test "where rowmark is gone the hook says so and the commit passes" {
  hooked
  printf '#!/bin/sh\n' >"$HOME/rowmark"
  sed -i "s|rowmark='.*'|rowmark='/nowhere/rowmark'|" .git/hooks/pre-commit
  printf '\nText\n' >>a.md
  run -0 env PATH=/usr/bin:/bin git commit -q -am gone
  [[ $output == *'rowmark is not there: tables are not checked'* ]]
}

@test "a folder of hooks for all repositories is written to only when asked for" {
  fresh
  git config --global core.hooksPath "$HOME/all hooks"
  expect 2 rowmark install --hook <<'END'
rowmark: pre-commit: core.hooksPath is ~/all hooks for all your repositories
hint: --global-hooks puts it there; for this one alone: git config core.hooksPath .git/hooks
rowmark: pre-merge-commit: core.hooksPath is ~/all hooks for all your repositories
hint: --global-hooks puts it there; for this one alone: git config core.hooksPath .git/hooks
END
  [ ! -e "$HOME/all hooks" ]
  rowmark install -q --hook --global-hooks
  [ -x "$HOME/all hooks/pre-commit" ]
  rowmark install -q --hook --check
  rowmark uninstall -q --hook
  [ ! -e "$HOME/all hooks/pre-commit" ]
}

@test "husky's own file gets a line, its generated folder is left alone" {
  fresh
  mkdir -p .husky/_
  printf '#!/bin/sh\n. h\n' | tee .husky/_/pre-commit >.husky/_/pre-merge-commit
  cp .husky/_/pre-commit generated
  printf 'npm test' >.husky/pre-commit
  git config core.hooksPath .husky/_
  mkdir sub && cd sub
  rowmark install --hook
  cd ..
  cmp generated .husky/_/pre-commit
  head -n 1 .husky/pre-commit | grep -qx 'npm test'
  tail -n 1 .husky/pre-commit | grep -q 'rowmark check --staged'
  rowmark install -q --hook --check
  rowmark install -q --hook
  [ "$(grep -c rowmark .husky/pre-commit)" -eq 1 ]
  # Whoever has no rowmark commits without.
  PATH=/usr/bin:/bin sh -e <(tail -n 1 .husky/pre-commit)
  rowmark uninstall -q --hook
  [ "$(cat .husky/pre-commit)" = 'npm test' ]
  [ ! -e .husky/pre-merge-commit ]
}

@test "a hook that a program writes is left to it, and what to add to its file is said" {
  fresh
  printf '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  cp .git/hooks/pre-commit before
  expect 2 rowmark install --hook <<'END'
rowmark: .git/hooks/pre-commit: lefthook writes this hook, left alone
  pre-commit:
    commands:
      rowmark:
        glob: "*.md"
        run: rowmark check --staged
hint: add these lines to lefthook.yml, or use --chain
pre-merge-commit: installed
END
  cmp before .git/hooks/pre-commit
  expect 1 rowmark install --hook --check <<'END'
pre-commit: lefthook's, which does not call rowmark
pre-merge-commit: installed
END
  echo '        run: rowmark check --staged' >lefthook.yml
  expect 0 rowmark install --hook --check <<'END'
pre-commit: lefthook calls rowmark, by lefthook.yml
pre-merge-commit: installed
END
  expect 0 rowmark install --hook <<'END'
pre-commit: lefthook calls rowmark already, by lefthook.yml
pre-merge-commit: installed already
END
}

@test "a chain that somebody wrote over is noticed" {
  fresh
  printf '#!/bin/sh\necho theirs\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  cp .git/hooks/pre-commit before
  rowmark install -q --hook --chain
  rowmark install -q --hook --check
  cp before .git/hooks/pre-commit
  expect 1 rowmark install --hook --check <<'END'
pre-commit: written anew since it was chained: rowmark is not called any more
pre-merge-commit: installed
END
  expect 2 rowmark install --hook --chain <<'END'
rowmark: .git/hooks/pre-commit.before-rowmark: is there already
hint: the hook was written anew since it was chained: keep one of the two files
pre-merge-commit: installed already
END
}

@test "a hook with nothing new to say says nothing, on a terminal either" {
  fresh
  printf '| K | Status |\n|---|---|\n| a | todo | x |\n| b | todo |\n' | commit_file a.md
  rowmark install --hook -q
  run rowmark done -q b
  [ -z "$output" ]
  printf '\nmore\n' >>a.md
  [ -z "$(git commit -qam more 2>&1)" ]
  run rowmark check && [ "$status" -eq 1 ]
}
