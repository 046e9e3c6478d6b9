# A commit in every state that a repository can be in: refused plainly where git's own would
# not be as good.

load common
load repo

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

@test "a linked worktree that git is asked about, since a variable may say otherwise" {
  export GIT_CEILING_DIRECTORIES=/nowhere
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

sha256() {
  git init -q --object-format=sha256 repo && cd repo
  list >README.md && echo one >other && git add . && git commit -q -m first
}

@test "SHA-256" {
  twin sha256 README.md
}

@test "reftable" {
  git init -q --ref-format=reftable repo 2>/dev/null || skip "this git has no reftable"
  rm -rf repo
  reftable() {
    git init -q --ref-format=reftable repo && cd repo
    list >README.md && echo one >other && git add . && git commit -q -m first
  }
  twin reftable README.md
}

@test "git as the engine makes the same" {
  export ROWMARK_ENGINE=git
  twin papers README.md
  rowmark set LIMA Read
  [ "$(git status --porcelain)" = '' ]
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
  [ -z "${ROWMARK_TEST_BARE:-}" ] || skip "the mounts there are others"
  papers
  unshare -m true 2>/dev/null || skip "no mounts here"
  state >"$HOME/before"
  run unshare -m sh -c 'mount --bind . . && mount -o remount,bind,ro . && cd . && cd "$PWD" && rowmark set LoRA Read'
  [ "$status" -eq 2 ]
  [[ $output == *'Read-only file system'* ]]
  state | diff "$HOME/before" -
}

@test "a bare repository: only the commit" {
  git config --global safe.bareRepository all # git 3.0 wants each one named
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
