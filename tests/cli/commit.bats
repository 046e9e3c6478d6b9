# The commit is as good as git's: the same bytes where git commit -- FILE makes one, in
# every state a repository can be in, and a plain refusal where it would not be.

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

no_logs() { papers && git config core.logAllRefUpdates false && rm -r .git/logs; }
@test "no reflog where none is wanted" {
  twin no_logs README.md
  [ ! -e .git/logs ]
}

deep() {
  fresh
  mkdir -p a/b/c d
  list >a/b/c/README.md
  echo x >a/x && echo y >a/b/y && echo z >d/z
  git add . && git commit -q -m first
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

from_config() { papers && git config user.name ' Eve, <X> ' && git config user.email eve@example.org; }
@test "the name from the configuration, without crud" {
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
  git config --global user.name Eva
  git config --global user.email eva@example.org
  twin from_config README.md
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

# --- states of a repository ------------------------------------------------------

in_progress() { # command...: leaves a conflict in another file
  papers
  echo base >other && git commit -q -a -m base
  git checkout -q -b side && echo side >other && git commit -q -a -m side
  git checkout -q main && echo main >other && git commit -q -a -m main
  (! "$@" >/dev/null 2>&1)
}
@test "in the middle of a merge" {
  in_progress git merge side
  refused 'a merge is in progress' rowmark set LoRA Read
  refused 'a merge is in progress' rowmark set LoRA Read -n
}
@test "in the middle of a rebase" {
  in_progress git rebase side
  refused 'a rebase is in progress' rowmark set LoRA Read
}
@test "in the middle of a cherry-pick" {
  in_progress git cherry-pick side
  refused 'a cherry-pick is in progress' rowmark set LoRA Read
}
@test "in the middle of a revert" {
  in_progress git revert --no-edit HEAD~1
  refused 'a revert is in progress' rowmark set LoRA Read
}
@test "in the middle of a merge --no-commit and --stage still write" {
  in_progress git merge side
  rowmark set LoRA Read --no-commit
  grep -q '| LoRA | Read |' README.md
  rowmark set LIMA Read --stage
  git show :README.md | grep -q '| LIMA | Read |'
}
@test "a bisection is no reason" {
  papers
  git bisect start -q 2>/dev/null
  rowmark set LoRA Read
  is_our_line
}

@test "an unborn branch: no commit to make the change to; --stage and --no-commit write" {
  fresh && list >README.md && git add README.md
  echo x >other && git add other
  list >new.md
  refused 'git does not track' rowmark set LoRA Read new.md
  refused 'is staged, but there is no commit yet: there is nothing to commit the change to' rowmark set LoRA Read README.md
  grep -Fx 'hint: commit the file first, or use --stage' "$HOME/said"
  refused 'there is no commit yet' rowmark rm LoRA README.md
  refused 'there is no commit yet' rowmark add Paper=X README.md
  refused 'there is no commit yet' rowmark sql "UPDATE papers SET Status = 'Read'" README.md
  refused 'there is no commit yet' rowmark set LoRA Read README.md -n
  rowmark set LoRA Read README.md --stage
  git show :README.md | cmp - README.md
  grep -qx '| LoRA | Read |' README.md
  rowmark set LIMA Read README.md --no-commit
  [ "$(git status --porcelain)" = $'AM README.md\nA  other\n?? new.md' ]
}

linked() {
  papers
  mv ../repo ../main-one
  git -C ../main-one worktree add -q ../repo -b linked
  cd ../repo
}
@test "a linked worktree" {
  twin linked README.md
  [ "$(git -C ../main-one log --format=%s -1)" = first ]
}

@test "a submodule" {
  papers && mv ../repo ../sub && cd ..
  git init -q top && cd top
  git -c protocol.file.allow=always submodule --quiet add ../sub sub
  git commit -q -m top && cd sub
  rowmark set LoRA Read
  is_our_line && is_clean
  [ "$(git -C .. status --porcelain)" = ' M sub' ]
}

@test "a file of a submodule, or of a repository within: said, and where to go" {
  papers && mv ../repo ../sub && cd ..
  git init -q top && cd top
  git -c protocol.file.allow=always submodule --quiet add ../sub sub
  mkdir -p docs && git -C docs init -q in && cp sub/README.md docs/in
  git commit -q -m top
  refused 'sub/README.md: sub is a repository of its own' rowmark set LoRA Read sub/README.md
  grep -Fx 'hint: run rowmark there: -C sub' "$HOME/said"
  refused 'docs/in/README.md: docs/in is a repository of its own' rowmark set LoRA Read docs/in/README.md
  rowmark -C sub set LoRA Read
  [ "$(git status --porcelain)" = $' M sub\n?? docs/' ]
}

@test "from a folder below the top, and by an absolute path" {
  deep
  cd a/b
  rowmark set LoRA Read c/README.md
  cd ../.. && is_our_line a/b/c/README.md && is_clean
  cd d && rowmark set LIMA Read "$HOME/repo/a/b/c/README.md"
  is_clean
}

@test "a shallow clone" {
  papers
  rowmark set LIMA Read
  git clone -q --depth 1 "file://$HOME/repo" ../shallow && cd ../shallow
  rowmark set LoRA Read
  is_our_line && is_clean
  [ "$(git rev-list --count HEAD)" = 2 ]
}

@test "a partial clone" {
  papers
  git config uploadpack.allowFilter true
  git clone -q --filter=blob:none "file://$HOME/repo" ../partial && cd ../partial
  git config core.repositoryFormatVersion 1 && git config extensions.partialClone origin
  rowmark set LoRA Read
  is_our_line && is_clean
}

worktree_config() {
  papers
  git config core.repositoryFormatVersion 1 && git config extensions.worktreeConfig true
  git config --worktree user.name Local && git config --worktree user.email l@example.org
}
@test "extensions.worktreeConfig, and its values count" {
  worktree_config
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
  rowmark set LoRA Read
  is_our_line
  [ "$(git log -1 --format='%an %ae')" = 'Local l@example.org' ]
}

@test "SHA-256 and reftable are refused by name" {
  git init -q --object-format=sha256 s && cd s
  list >README.md && git add . && git commit -q -m first
  refused SHA-256 rowmark set LoRA Read
  cd .. && papers
  git config core.repositoryFormatVersion 1 && git config extensions.refStorage reftable
  run rowmark set LoRA Read
  [ "$status" -eq 2 ] && [[ $output == *reftable* ]]
}

@test "somebody else's repository: git's words, safe.directory, and its star" {
  [ "$(id -u)" = 0 ] || skip "only root can give files away"
  papers
  chown -R 12345 .
  run rowmark set LoRA Read
  [ "$status" -eq 2 ]
  [[ $output == *"detected dubious ownership in repository at '$HOME/repo'"* ]]
  [[ $output == *"git config --global --add safe.directory '$HOME/repo'"* ]]
  git config --global safe.directory '*'
  rowmark set LoRA Read
  is_our_line
  [ "$(stat -c %u README.md)" = 12345 ]
  git config --global --unset-all safe.directory
  git config --global safe.directory "$HOME/repo"
  rowmark set LIMA Read
}

@test "a read-only file system" {
  papers
  unshare -m true 2>/dev/null || skip "no mounts here"
  state >"$HOME/before"
  run unshare -m sh -c 'mount --bind . . && mount -o remount,bind,ro . && cd . && cd "$PWD" && rowmark set LoRA Read'
  [ "$status" -eq 2 ]
  [[ $output == *'Read-only file system'* ]]
  state | diff "$HOME/before" -
}

@test "a bare repository: only the commit" {
  papers
  git clone -q --bare . ../bare.git && cd ../bare.git
  rowmark set LoRA Read
  is_our_line
  [ ! -e index ] && [ ! -e README.md ]
}

# --- the index -------------------------------------------------------------------

version4() { papers && git update-index --index-version 4; }
@test "an index of version 4" {
  twin version4 README.md
  [ "$(head -c 8 .git/index | tail -c 1 | od -An -tu1 | tr -d ' ')" = 4 ]
}

@test "a split index" {
  deep
  git config core.splitIndex true && git update-index --split-index
  rowmark set LoRA Read a/b/c/README.md
  is_our_line a/b/c/README.md && is_clean
  rowmark set LIMA Read a/b/c/README.md
  is_clean
  [ -n "$(ls .git/sharedindex.*)" ]
}

@test "a sparse checkout, the file inside" {
  deep
  git sparse-checkout set --no-sparse-index a/b
  rowmark set LoRA Read a/b/c/README.md
  is_our_line a/b/c/README.md && is_clean
  [ ! -e d ]
}

@test "a sparse index keeps its sparse folders" {
  deep
  git sparse-checkout set --sparse-index a/b
  rowmark set LoRA Read a/b/c/README.md
  is_our_line a/b/c/README.md && is_clean
  git ls-files --sparse | grep -x d/
}

@test "skip-worktree and assume-unchanged keep their bits" {
  papers
  git update-index --assume-unchanged README.md
  rowmark set LoRA Read
  is_our_line
  [ "$(git ls-files -v README.md)" = 'h README.md' ]
  git update-index --no-assume-unchanged README.md
  git update-index --skip-worktree README.md
  rowmark set LIMA Read
  [ "$(git ls-files -v README.md)" = 'S README.md' ]
  git update-index --no-skip-worktree README.md
  is_clean
}

@test "the untracked cache survives" {
  papers
  git update-index --untracked-cache 2>/dev/null
  git status >/dev/null && echo u >untracked && git status >/dev/null
  grep -aq UNTR .git/index
  rowmark set LoRA Read
  grep -aq UNTR .git/index
  [ "$(git status --porcelain)" = '?? untracked' ]
  is_our_line
}

@test "a damaged index is refused" {
  papers
  printf '\1' | dd of=.git/index bs=1 seek=70 conv=notrunc status=none
  refused 'its checksum is wrong' rowmark set LoRA Read
}

@test "GIT_INDEX_FILE is the index" {
  papers
  cp .git/index ../mine
  echo two >other && git add other
  cp .git/index ../theirs
  GIT_INDEX_FILE="$HOME/mine" rowmark set LoRA Read
  is_our_line
  cmp .git/index ../theirs
  GIT_INDEX_FILE="$HOME/mine" git diff --cached --quiet
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

# --- links and hostile trees -------------------------------------------------------

@test "a symlinked file is written through to its target, and that is committed" {
  deep
  ln -s a/b/c/README.md README.md && git add README.md && git commit -q -m link
  rowmark set LoRA Read README.md
  [ -L README.md ]
  is_our_line a/b/c/README.md && is_clean
}

@test "a link out of the repository is not followed" {
  papers
  list >../outside.md && cp ../outside.md ../copy.md
  ln -s ../outside.md out.md && git add out.md && git commit -q -m link
  refused 'lies outside the repository' rowmark set LoRA Read out.md
  cmp ../outside.md ../copy.md
}

@test "a folder replaced by a link is not entered" {
  deep
  mkdir ../elsewhere && mv a/b/c ../elsewhere/c && ln -s ../../../elsewhere/c a/b/c
  cp -r ../elsewhere ../copy
  refused 'lies outside the repository' rowmark set LoRA Read a/b/c/README.md
  rm a/b/c && mkdir -p d/c && cp ../elsewhere/c/README.md d/c && ln -s ../../d/c a/b/c
  refused 'd/c/README.md: git does not track' rowmark set LoRA Read a/b/c/README.md
  diff -r ../elsewhere ../copy
}

@test "git's own folder is not written" {
  papers
  list >.git/list.md
  refused "lies in git's own folder" rowmark set LoRA Read --no-commit .git/list.md
}

# --- hooks -------------------------------------------------------------------------

@test "pre-commit sees HEAD and our change alone, and the new file" {
  papers
  echo two >other && git add other
  sed -i 's/The end/Dirty/' README.md && git add README.md
  hook pre-commit <<'SH'
{
  pwd
  echo "editor $GIT_EDITOR, author $GIT_AUTHOR_NAME"
  git diff --cached --name-only
  git show :README.md | grep '| LoRA'
  git show :README.md | tail -n 1
  grep '| LoRA' README.md
  case $GIT_INDEX_FILE in */.git/next-index-*.lock) echo named ;; esac
} >../seen
SH
  rowmark set LoRA Read
  diff -u - ../seen <<OUT
$HOME/repo
editor :, author Ada
README.md
| LoRA | Read |
The end.
| LoRA | Read |
named
OUT
  is_our_line
  [ -z "$(ls .git/*.lock 2>/dev/null)" ]
}

@test "a hook that refuses: nothing is written, its words are shown" {
  papers
  echo 'echo to stdout; echo to stderr >&2; exit 1' | hook pre-commit
  refused 'the pre-commit hook refused' rowmark set LoRA Read
  grep -x 'to stdout' "$HOME/said"
  grep -x 'to stderr' "$HOME/said"
  rm .git/hooks/pre-commit
  echo 'exit 1' | hook commit-msg
  refused 'the commit-msg hook refused' rowmark set LoRA Read
  echo 'exit 1' | hook prepare-commit-msg
  refused 'the prepare-commit-msg hook refused' rowmark set LoRA Read --no-verify
}

@test "a hook that refuses is heard where SIGCHLD is ignored" {
  papers
  env --ignore-signal=CHLD true 2>/dev/null || skip "this env ignores no signal"
  echo 'exit 1' | hook pre-commit
  refused 'the pre-commit hook refused' env --ignore-signal=CHLD rowmark set LoRA Read
  rm .git/hooks/pre-commit
  env --ignore-signal=CHLD rowmark set LoRA Read --author 'Ben <b@example.org>' --date yesterday
  is_our_line && is_clean
}

@test "--no-verify skips pre-commit and commit-msg" {
  papers
  echo 'exit 1' | hook pre-commit
  echo 'exit 1' | hook commit-msg
  rowmark set LoRA Read --no-verify
  is_our_line && is_clean
}

@test "a hook that is not executable is none" {
  papers
  echo 'exit 1' | hook pre-commit
  chmod -x .git/hooks/pre-commit
  rowmark set LoRA Read
  is_our_line
}

@test "a pre-commit that formats our file is taken in" {
  papers
  hook pre-commit <<'SH'
sed -i 's/^The end\.$/The formatted end./' README.md && git add README.md
SH
  rowmark set LoRA Read
  is_clean
  [ "$(git diff HEAD~1 HEAD | grep -cE '^[-+][^-+]')" = 4 ]
  git show HEAD:README.md | grep -x 'The formatted end.'
}

@test "a pre-commit that undoes the change is refused, the file put back" {
  papers
  hook pre-commit <<'SH'
git show HEAD:README.md >../head && git update-index --cacheinfo 100644,$(git hash-object -w ../head),README.md
SH
  refused 'pre-commit hook undid the change' rowmark set LoRA Read
  is_clean
}

@test "a pre-commit that adds another file: it is in the commit, as with git" {
  papers
  echo 'echo made >made && git add made' | hook pre-commit
  rowmark set LoRA Read
  [ "$(git diff --name-only HEAD~1 HEAD | tr '\n' ' ')" = 'README.md made ' ]
  git fsck --strict --no-dangling 2>&1 | (! grep .)
}

@test "prepare-commit-msg and commit-msg change the message" {
  papers
  echo '[ "$2" = message ] && echo "From prepare" >>"$1"' | hook prepare-commit-msg
  printf 'printf "Change-Id: I1\\n\\n\\n" >>"$1"' | hook commit-msg
  TWIN=(-m 'Subject')
  rowmark set LoRA Read -m Subject
  [ "$(git log -1 --format=%B)" = $'Subject\nFrom prepare\nChange-Id: I1' ]
}

@test "a hook that empties the message is refused" {
  papers
  echo ': >"$1"' | hook commit-msg
  refused "the commit's message is empty" rowmark set LoRA Read
}

@test "within a commit of git's: refused, --stage adds to it" {
  papers
  printf '%s\n' '"$ROWMARK" set LoRA Read README.md 2>../said' '"$ROWMARK" set LIMA Read --stage README.md -q' | hook pre-commit
  echo two >>other
  git commit -q -a -m theirs
  grep 'git is making a commit here' ../said
  is_clean
  [ "$(git log --format=%s | tr '\n' ' ')" = 'theirs first ' ]
  git show HEAD:README.md | grep -x '| LIMA | Read |'
  git show HEAD:README.md | grep -x '| LoRA | Not read |'
}

@test "post-commit runs, its failure is no failure" {
  papers
  echo 'git rev-parse HEAD >../seen; exit 1' | hook post-commit
  rowmark set LoRA Read
  [ "$(cat ../seen)" = "$(git rev-parse HEAD)" ]
}

@test "core.hooksPath" {
  papers
  mkdir ../hooks && printf '#!/bin/sh\necho ran >../seen\n' >../hooks/pre-commit && chmod +x ../hooks/pre-commit
  echo 'exit 1' | hook pre-commit
  git config core.hooksPath ../hooks
  rowmark set LoRA Read
  [ "$(cat ../seen)" = ran ]
}

hooked() {
  papers
  for h in pre-commit prepare-commit-msg commit-msg post-commit; do echo "echo $h >>../ran" | hook "$h"; done
}
@test "the same hooks in the same order as git, and the same commit" {
  twin hooked README.md
  diff "$HOME/ours/ran" "$HOME/gits/ran"
}

@test "a reference-transaction hook sees the move, and can refuse it" {
  papers
  echo 'cat >>../seen; [ "$1" != prepared ] || ! grep -q LIMA README.md.flag 2>/dev/null' | hook reference-transaction
  rowmark set LoRA Read
  grep -q "$(git rev-parse HEAD) refs/heads/main" ../seen
  is_our_line && is_clean
  echo 'exit 1' | hook reference-transaction
  refused '' rowmark set LIMA Read
}

@test "Ctrl-C while a hook runs: the lock is gone, the file put back" {
  papers
  state >"$HOME/before"
  echo 'echo here >../started; sleep 20' | hook pre-commit
  set -m
  rowmark set LoRA Read >/dev/null 2>&1 3>&- &
  local pid=$!
  set +m
  for _ in $(seq 100); do [ -e ../started ] && break; sleep 0.05; done
  kill -INT -- -$pid
  local status=0
  wait $pid || status=$?
  [ $status -ne 0 ]
  rm .git/hooks/pre-commit .git/COMMIT_EDITMSG
  [ ! -e .git/index.lock ]
  is_clean
  grep -q '| LoRA | Not read |' README.md
}

# --- signatures --------------------------------------------------------------------

ssh_key() {
  [ -e "$HOME/key" ] || ssh-keygen -q -t ed25519 -N '' -f "$HOME/key"
  echo "ada@example.org $(cat "$HOME/key.pub")" >"$HOME/allowed"
}
ssh_signed() {
  papers
  git config commit.gpgsign true && git config gpg.format ssh
  git config user.signingkey "$HOME/key" && git config gpg.ssh.allowedSignersFile "$HOME/allowed"
}
@test "a commit signed by ssh, the same as git's" {
  command -v ssh-keygen >/dev/null || skip "no ssh-keygen"
  ssh_key
  twin ssh_signed README.md
  git verify-commit HEAD
  is_our_line
}

@test "a commit signed by gpg" {
  command -v gpg >/dev/null || skip "no gpg"
  export GNUPGHOME=$HOME/g && mkdir -m 700 g
  gpg --batch --quiet --passphrase '' --quick-gen-key 'Ada <ada@example.org>' ed25519 sign 2>/dev/null || skip "gpg makes no key here"
  papers
  git config commit.gpgsign true
  rowmark set LoRA Read
  git verify-commit HEAD 2>&1 | grep -q 'Good signature'
  is_our_line && is_clean
  gpgconf --kill all 2>/dev/null || true
}

@test "a signature that fails: nothing is written" {
  papers
  git config commit.gpgsign true && git config gpg.program false
  refused 'could not be signed' rowmark set LoRA Read
  echo 'exit 0' | hook pre-commit
  run rowmark set LoRA Read
  [ "$status" -eq 2 ]
  is_clean
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
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_CONFIG_GLOBAL
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
