# The same as git commit makes, in a person's environment: a few rows of tests/git/as_git, which
# has many more (make as-git).

load common

@test "settings, modes, places, formats, hooks, attributes: as git commit -- FILE" {
  "$TOP/tests/git/as_git" plain hasconfig_author gpgsign_bare gpgsign_maybe shared_0640 setting_core_abbrev_no auto_merge_left \
    dotfiles_relative object_directory sha256_hooks safecrlf_true_auto_mixed hooks_in_a_folder acl_of_the_file
}

@test "SHA-256, reftable, git as the engine: every command as in an ordinary repository" {
  "$TOP/tests/git/formats" 2 2
}

@test "a file of several names is refused" {
  reading_list
  ln README.md other.md
  state >"$HOME/before"
  run rowmark done lima README.md
  [ "$status" -eq 2 ]
  [[ $output == *'has 2 names (hard links)'* ]]
  state | diff "$HOME/before" -
}

@test "without FILE: what git tracks is looked in first, the rest only where that has not the row" {
  reading_list
  printf '\n| Paper | Read or Not |\n|---|---|\n| LIMA | Not read |\n| Gopher | Not read |\n' >new.md
  GIT_TRACE=$HOME/trace rowmark done lima
  grep -q 'git config' "$HOME/trace"
  (! grep -q exclude-standard "$HOME/trace")
  git diff --quiet HEAD
  grep -q '| LIMA | Not read |' new.md
  run rowmark done gopher
  [ "$status" -eq 2 ]
  [[ $output == *'new.md: git does not track this file'* ]]
  rowmark done --no-commit gopher
  grep -q '| Gopher | Read |' new.md
}

@test "without FILE: a part of a tracked row's name does not win over a whole one elsewhere" {
  reading_list
  printf '| Paper | Read or Not |\n|---|---|\n| LIM | Not read |\n' >new.md
  run rowmark done lim
  [ "$status" -eq 2 ]
  [[ $output == *'new.md: git does not track this file'* ]]
  git diff --quiet HEAD
}

# A PATH on which there is no git.
without_git() {
  mkdir -p "$HOME/bin"
  ln -sf "$ROWMARK" "$HOME/bin/rowmark"
  PATH=$HOME/bin "$@"
}

@test "without git: what reads works, and a commit is made with libgit2's settings" {
  [ -z "${ROWMARK_ENGINE:-}${ROWMARK_TEST_PROFILE:-}" ] || skip "git is the engine"
  reading_list
  rowmark ls >"$HOME/want"
  without_git rowmark ls | diff "$HOME/want" -
  without_git rowmark log >/dev/null
  git remote add origin git@work:list
  git config --global includeIf.hasconfig:remote.*.url:git@work:*.path work
  export GIT_AUTHOR_DATE='@1767323045 +0000' GIT_COMMITTER_DATE='@1767323045 +0000'
  run without_git rowmark done lima
  [ "$status" -eq 0 ]
  [[ $output == *'no git program: the settings in work were not read'* ]]
  is_clean
}

@test "without git: hooks and signatures are refused" {
  [ -z "${ROWMARK_ENGINE:-}${ROWMARK_TEST_PROFILE:-}" ] || skip "git is the engine"
  reading_list
  printf '#!/bin/sh\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
  run without_git rowmark done lima
  [ "$status" -eq 2 ]
  [[ $output == *'there are hooks, and no git to run them'* ]]
  rm .git/hooks/pre-commit
  git config commit.gpgsign true
  export GIT_AUTHOR_DATE='@1767323045 +0000' GIT_COMMITTER_DATE='@1767323045 +0000'
  run without_git rowmark done lima
  [ "$status" -eq 2 ]
  is_clean
}

@test "people by .mailmap, words in UTF-8, as git log shows them" {
  reading_list
  printf 'Countess <c@example.org> <ada@example.org>\n' >.mailmap
  sed -i 's/LIMA\(.*\)Not read/LIMA\1Read/' README.md
  printf 'Gr\374n' | git -c i18n.commitEncoding=ISO-8859-1 commit -q -a -F -
  [[ $(rowmark log lima) == *Countess* ]]
  [[ $(rowmark log lima --json) == *Grün* ]]
}
