# The commit is as good as git's: the same bytes where git commit -- FILE makes one, and all
# other work as it was. States of a repository and hooks have files of their own.

load common
load repo

# --- the same as git's ----------------------------------------------------------

@test "plain: git tells the same of both, the commit byte for byte" {
  twin papers README.md
}

in_folder() { papers 'a folder/the list.md'; }
@test "a path with spaces" {
  twin in_folder 'a folder/the list.md'
}

odd_name() { papers $'new\nline-ü-\xf0\x9f\x9a\xa7.md'; }
@test "a path with a newline, an umlaut and an emoji" {
  twin odd_name $'new\nline-ü-\xf0\x9f\x9a\xa7.md'
}

nfc_nfd() {
  papers $'caf\xc3\xa9.md'
  list >$'cafe\xcc\x81.md'
  git add . && git commit -q -m second
}
@test "NFC and NFD names are two files" {
  twin nfc_nfd $'cafe\xcc\x81.md'
}

executable() {
  papers
  chmod +x README.md
  git commit -q -a -m x
}
@test "the executable bit stays" {
  twin executable README.md
  [ -x README.md ]
}

detached() { papers && git checkout -q --detach; }
@test "a detached HEAD" {
  twin detached README.md
}

slashed() { papers && git checkout -q -b topic/one && git pack-refs --all; }
@test "a branch with a slash, packed" {
  twin slashed README.md
}

no_logs() { papers && git config core.logAllRefUpdates false && rm -rf .git/logs; }
@test "no reflog where none is wanted" {
  twin no_logs README.md
  [ ! -e .git/logs ]
}

@test "folders: the cached trees stay right" {
  twin deep a/b/c/README.md
  git write-tree >"$HOME/tree"
  [ "$(cat "$HOME/tree")" = "$(git rev-parse 'HEAD^{tree}')" ]
  [ -z "$(git ls-files -v | grep -v '^H')" ]
}

@test "the entry's stat data is true: git need not look into the file" {
  papers
  rowmark set LoRA Read
  git diff-files --quiet
}

message_set() { papers && git config commit.cleanup "$CLEANUP"; }
@test "messages are cleaned up as git does" {
  local m=$'  A subject  \n\n\n# not a comment\n body\t\n\n\n'
  for CLEANUP in whitespace strip verbatim default; do
    rm -rf "$HOME/ours" "$HOME/gits"
    TWIN=(-m "$m")
    twin message_set README.md -m "$m"
  done
}

@test "a message of several lines makes one line of the reflog" {
  TWIN=(-m $'one\ntwo\n\nbody')
  twin papers README.md -m $'one\ntwo\n\nbody'
}

@test "several -m are paragraphs, an empty one none" {
  TWIN=(-m one -m '' -m $'two\nlines')
  twin papers README.md -m one -m '' -m $'two\nlines'
  [ "$(git log -1 --format=%B)" = $'one\n\ntwo\nlines' ]
}

@test "GIT_REFLOG_ACTION names the entry of the reflog" {
  export GIT_REFLOG_ACTION='a script'
  twin papers README.md
  git reflog -1 | grep -F 'a script: LoRA'
}

@test "--author and --date" {
  TWIN=(-m m --author 'Ben <ben@example.org>' --date '2020-02-03T04:05:06+0100')
  twin papers README.md -m m --author 'Ben <ben@example.org>' --date '2020-02-03T04:05:06+0100'
}

from_config() {
  papers && git config user.name ' Eve, <X ' && git config committer.name 'E>ve'
  git config user.email eve@example.org
}
@test "the name from the configuration, without crud" {
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
  git config --global user.name Eva
  git config --global user.email eva@example.org
  # Other dates git is asked to read, and is given the names with them.
  export GIT_AUTHOR_DATE='@1700000000 +0000' GIT_COMMITTER_DATE='@1700000000 +0000'
  twin from_config README.md
}

@test "rights of a shared repository that git refuses are named" {
  papers
  for rights in 0440 nonsense; do
    printf '[core]\n\tsharedRepository = %s\n' "$rights" >>.git/config
    run rowmark set LoRA Read
    [ "$status" -eq 2 ] && [ "${lines[0]}" = "rowmark: the setting core.sharedRepository is '$rights'" ]
  done
  list | cmp - README.md
}

two_people() {
  papers
  git config author.name Writer && git config author.email w@example.org
  git config committer.name Committer && git config committer.email c@example.org
}
@test "author.name and committer.name" {
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
  git config --global user.name Eva
  git config --global user.email eva@example.org
  twin two_people README.md
}

@test "raw dates and zones" {
  export GIT_AUTHOR_DATE='@1700000000 -0730' GIT_COMMITTER_DATE='1700000001 +0545'
  twin papers README.md
}

@test "a local zone and no date: the commit is now" {
  [ -z "${ROWMARK_TEST_BARE:-}" ] || skip "no zones there"
  unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
  export TZ=Asia/Kolkata
  papers
  rowmark set LoRA Read
  git commit -q --allow-empty -m git
  [ "$(git log -1 --format=%ai | cut -c20-)" = "$(git log -1 --format=%ai HEAD~1 | cut -c20-)" ]
  [ $(($(git log -1 --format=%at) - $(git log -1 --format=%at HEAD~1))) -lt 20 ]
}

no_name() { papers && git config user.useConfigOnly true; }
@test "no name to commit with" {
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL EMAIL
  GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a no_name
  refused 'git knows no name and mail' rowmark set LoRA Read
}

@test "a date that git cannot read" {
  papers
  refused "git cannot read the date 'nonsense'" rowmark set LoRA Read --date nonsense
}

latin1() { papers && git config i18n.commitEncoding ISO-8859-1; }
@test "another commit encoding: the header as git writes it" {
  twin latin1 README.md
  git cat-file commit HEAD | grep -x 'encoding ISO-8859-1'
}

@test "another commit encoding: words it can hold are written in it, others say UTF-8" {
  latin1
  rowmark set LoRA Read -m 'Grüße'
  git cat-file commit HEAD | grep -a -q $'Gr\xfc\xdfe'
  [ "$(git -c i18n.logOutputEncoding=UTF-8 log -1 --format=%s)" = Grüße ]
  rowmark set LIMA Read -m '🚧 Grüße'
  git cat-file commit HEAD | (! grep encoding)
  [ "$(git -c i18n.logOutputEncoding=UTF-8 log -1 --format=%s)" = '🚧 Grüße' ]
}

# --- other work stays what it was ------------------------------------------------

@test "another file staged, a third dirty: neither is committed nor lost" {
  papers
  echo third >third && git add third && git commit -q -m third
  echo two >other && git add other
  echo dirty >third
  git diff --cached >"$HOME/staged" && git diff >"$HOME/dirty"
  rowmark set LoRA Read
  is_our_line
  git diff --cached | diff "$HOME/staged" -
  git diff | diff "$HOME/dirty" -
}

@test "a file changed within the same tick of the clock is still seen as changed" {
  for i in 1 2 3; do
    cd "$HOME" && rm -rf repo && papers
    echo two >other
    rowmark set LoRA Read
    sleep 0.$((i * 3))
    [ "$(git status --porcelain)" = ' M other' ]
  done
}

@test "the same file dirty elsewhere" {
  papers
  sed -i 's/^The end/The dirty end/' README.md
  rowmark set LoRA Read
  is_our_line
  git diff --cached --quiet
  [ "$(git diff | grep -E '^[-+][^-+]')" = $'-The end.\n+The dirty end.' ]
}

@test "the same file staged elsewhere" {
  papers
  sed -i 's/^The end/The staged end/' README.md
  git add README.md
  rowmark set LoRA Read
  is_our_line
  git diff --quiet
  [ "$(git diff --cached | grep -E '^[-+][^-+]')" = $'-The end.\n+The staged end.' ]
}

@test "the same file staged and dirty, rows moved in both" {
  papers
  sed -i '5{h;d};6G' README.md # LIMA below LoRA
  git add README.md
  sed -i '5i | New | Not read |' README.md
  git diff >"$HOME/dirty"
  rowmark set LoRA Read
  is_our_line
  [ "$(git diff | grep -E '^[-+][^-+]')" = '+| New | Not read |' ]
  [ "$(git diff --cached | grep -cE '^[-+][^-+]')" = 2 ]
  git show :README.md | grep -q '| LoRA | Read |'
  grep -q '| LoRA | Read |' README.md
}

@test "another cell of the same row is dirty" {
  papers
  sed -i 's/^| RoPE | Reading |/| RoPE | Read |/' README.md
  git diff >"$HOME/dirty"
  rowmark set LoRA Read
  is_our_line
  [ "$(git diff | grep -E '^[-+][^-+]')" = $'-| RoPE | Reading |\n+| RoPE | Read |' ]
}

@test "the same cell staged to something else is refused" {
  papers
  cp README.md "$HOME/old"
  sed -i 's/^| LoRA | Not read |/| LoRA | Reading |/' README.md
  git add README.md
  cp "$HOME/old" README.md
  refused "the index" rowmark set LoRA Read
}

@test "a row that HEAD does not have is refused" {
  papers
  sed -i '5i | New | Not read |' README.md
  refused 'HEAD' rowmark set New Read
  git add README.md
  refused 'HEAD' rowmark set New Read
}

@test "a file that is only staged, one that is not tracked, one staged for deletion" {
  papers
  list >new.md
  refused 'git does not track this file' rowmark set LoRA Read new.md
  git add new.md
  refused 'is staged, but HEAD does not have it' rowmark set LoRA Read new.md
  git reset -q && git rm -q --cached README.md
  refused 'is staged for deletion' rowmark set LoRA Read README.md
}

@test "git add -N is refused" {
  papers
  list >new.md
  git add -N new.md
  refused 'git add -N' rowmark set LoRA Read new.md
}

@test "an unmerged file is refused" {
  papers
  git checkout -q -b side && sed -i 's/The end/Side/' README.md && git commit -q -a -m side
  git checkout -q main && sed -i 's/The end/Main/' README.md && git commit -q -a -m main
  (! git merge -q side 2>/dev/null)
  refused 'a merge is in progress' rowmark set LoRA Read
  rm .git/MERGE_HEAD
  refused 'README.md: unmerged' rowmark set LoRA Read
}

# --- bytes that git converts ------------------------------------------------------

crlf() {
  fresh
  git config core.autocrlf true
  list | sed 's/$/\r/' >README.md
  git add . 2>/dev/null && git commit -q -m first
}
@test "core.autocrlf: CR LF in the file, LF in the blob" {
  crlf
  rowmark set LoRA Read
  is_clean
  is_our_line
  [ "$(grep -c $'\r' README.md)" = "$(wc -l <README.md)" ]
  git show HEAD:README.md | (! grep $'\r')
  git diff-files --quiet
}

@test "eol=crlf" {
  papers
  echo '*.md eol=crlf' >.gitattributes
  git add . && git commit -q -m eol && rm README.md && git checkout -q README.md
  grep -q $'\r' README.md
  rowmark set LoRA Read
  is_clean && is_our_line
  grep -q $'^| LoRA | Read |\r$' README.md
}

@test "text=auto with CR LF in the blob already" {
  fresh
  list | sed 's/$/\r/' >README.md
  git add . && git commit -q -m first
  echo '* text=auto' >.gitattributes && git add .gitattributes && git commit -q -m auto
  rowmark set LoRA Read
  is_clean
  git show HEAD:README.md | grep -q $'^| LoRA | Read |\r$'
}

@test "ident" {
  papers
  echo '*.md ident' >.gitattributes
  echo '$Id$' >>README.md
  git add . && git commit -q -m ident && rm README.md && git checkout -q README.md
  grep -qE '\$Id: [0-9a-f]{40}' README.md
  rowmark set LoRA Read
  is_our_line
  [ -z "$(git status --porcelain)" ]
}

@test "a filter and a working-tree-encoding are refused" {
  papers
  echo '*.md filter=lfs' >.gitattributes
  refused 'another form (filter=lfs)' rowmark set LoRA Read
  echo '*.md working-tree-encoding=UTF-16' >.gitattributes
  refused 'another form (working-tree-encoding=UTF-16)' rowmark set LoRA Read
  echo '*.txt filter=lfs' >.gitattributes
  rowmark set LoRA Read
  is_our_line
}

# --- how far it goes ---------------------------------------------------------------

@test "--no-commit writes the file, --stage the file and the index" {
  papers
  rowmark set LoRA Read --no-commit
  [ "$(git status --porcelain)" = ' M README.md' ]
  git checkout -q README.md
  rowmark set LoRA Read --stage
  [ "$(git status --porcelain)" = 'M  README.md' ]
  git diff-files --quiet
  [ "$(git rev-list --count HEAD)" = 1 ]
}

@test "a batch over two files is one commit, or nothing" {
  papers
  mkdir docs && printf '| Thing | Status |\n|---|---|\n| Other | Reading |\n| Last | Read |\n' >docs/b.md && git add . && git commit -q -m second
  printf 'LIMA\tRead\nOther\tRead\n' | rowmark set --batch
  [ "$(git rev-list --count HEAD)" = 3 ]
  [ "$(git diff --numstat HEAD~1 HEAD)" = $'1\t1\tREADME.md\n1\t1\tdocs/b.md' ]
  is_clean
  printf 'LoRA\tRead\nNobody\tRead\n' >"$HOME/batch"
  state >"$HOME/before"
  run rowmark set --batch README.md <"$HOME/batch"
  [ "$status" -eq 2 ]
  state | diff "$HOME/before" -
}

@test "configuration on git's command line counts" {
  papers
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
  git -c user.name=Cli -c user.email=cli@example.org rowmark set LoRA Read
  [ "$(git log -1 --format='%an %ae')" = 'Cli cli@example.org' ]
}

@test "includeIf chooses the name" {
  papers
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
  printf '[user]\n\tname = Work\n\temail = w@example.org\n' >"$HOME/work.inc"
  git config --global "includeIf.gitdir:$HOME/repo/.path" "$HOME/work.inc"
  rowmark set LoRA Read
  [ "$(git log -1 --format='%an')" = Work ]
}

@test "a dead command's lock is taken over, git's lock is waited for" {
  papers
  : >.git/index.lock
  (sleep 1; rm .git/index.lock) 3>&- &
  rowmark set LoRA Read
  is_our_line
  printf 'rowmark\n' >.git/index.lock
  rowmark set LIMA Read
  is_clean
}
