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

@test "in a SHA-256 repository: -n shows the diff that git shows afterwards" {
  git init -q --object-format=sha256 long && cd long
  cp "$TOP/examples/reading-list/README.md" . && git add . && git commit -qm list
  rowmark done -n lima >"$HOME/shown"
  rowmark done lima >/dev/null
  git diff HEAD~1 HEAD | diff "$HOME/shown" -
  rowmark new -n more.md A B | grep -v '^hint' >"$HOME/shown"
  rowmark new more.md A B >/dev/null
  grep -q "^index 0000000..$(git rev-parse --short=7 HEAD:more.md)" "$HOME/shown"
  printf '\n| C |\n| - |\n| `x|y` |\n' >>more.md
  ! rowmark check --fix -n more.md >"$HOME/shown" || false
  git add more.md && rowmark check --fix more.md >/dev/null
  git diff | diff - "$HOME/shown"
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

@test "a file of another group: its rights pass to no other one" {
  [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || skip "only root has several groups to give"
  place=$(mktemp -d) # the tests' own folders are root's alone
  chmod 711 "$place"
  cd "$place" && reading_list
  chown -R 65534:65534 .
  as_member() { # GROUPS COMMAND...
    HOME=$place setpriv --reuid 65534 --regid 65534 --groups "$1" -- "${@:2}"
  }
  # Of a group that is not theirs: what that group may do, theirs would be able to.
  chown 0:12345 README.md && chmod 660 README.md
  python3 -c 'import os,struct
e=[(1,6,0xffffffff),(2,6,65534),(4,4,0xffffffff),(16,6,0xffffffff),(32,0,0xffffffff)]
os.setxattr("README.md","system.posix_acl_access",struct.pack("<I",2)+b"".join(struct.pack("<HHI",*x) for x in e))' ||
    { rm -rf "$place"; skip "no access lists here"; }
  run as_member 65534 rowmark done --no-commit lima README.md
  [ "$status" -eq 2 ]
  [[ $output == *'belongs to group 12345, which you are not in'* ]]
  [ "$(stat -c %g README.md)" = 12345 ]
  # Of one that they are in: it stays.
  as_member 12345 rowmark done --no-commit lima README.md
  [ "$(stat -c '%u %g %a' README.md)" = '65534 12345 660' ]
  # Where everybody may do what the group may, nothing is lost.
  python3 -c 'import os; os.removexattr("README.md", "system.posix_acl_access")'
  chown 0:12345 README.md && chmod 644 README.md
  as_member 65534 rowmark done --no-commit lora README.md
  [ "$(stat -c %a README.md)" = 644 ]
  rm -rf "$place"
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
  [[ $output == *'asks for a signature, and there is no git to make one'* ]]
  is_clean
  git init -q --object-format=sha256 "$HOME/other"
  cd "$HOME/other"
  run without_git rowmark ls
  [ "$status" -eq 2 ]
  [[ $output == *'hint: install git'* ]]
}

@test "people by .mailmap, words in UTF-8, as git log shows them" {
  reading_list
  printf 'Countess <c@example.org> <ada@example.org>\n' >.mailmap
  sed -i 's/LIMA\(.*\)Not read/LIMA\1Read/' README.md
  printf 'Gr\374n' | git -c i18n.commitEncoding=ISO-8859-1 commit -q -a -F -
  [[ $(rowmark log lima) == *Countess* ]]
  [[ $(rowmark log lima --json) == *Grün* ]]
  git config log.mailmap false
  [[ $(rowmark log lima) == *Ada* ]]
  [[ $(rowmark log lima --json) == *Grün* ]]
}
