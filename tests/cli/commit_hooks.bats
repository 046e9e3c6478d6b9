# What runs beside a commit: hooks, as git commit -- FILE runs them, and signatures.

load common
load repo

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

# git before 2.36 has no `git hook`.
an_old_git() {
  local git
  git=$(command -v git)
  mkdir bin
  printf '#!/bin/sh\n[ "$1" != hook ] || { echo "git: not a git command" >&2; exit 1; }\nexec %s "$@"\n' "$git" >bin/git
  chmod +x bin/git
  PATH=$PWD/bin:$PATH
}

@test "a git that cannot run hooks: nothing is written, and that is said" {
  papers
  echo 'exit 0' | hook pre-commit
  an_old_git
  refused 'this git cannot run the pre-commit hook' rowmark set LoRA Read
  run rowmark set LoRA Read
  [[ "$output" == *'git 2.36 or later is wanted'* ]]
  rm .git/hooks/pre-commit
  echo 'exit 0' | hook post-commit
  refused 'this git cannot run the post-commit hook' rowmark set LoRA Read
  rm .git/hooks/post-commit
  rowmark set LoRA Read
  is_our_line
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
  ! grep -F 'keeps the new value' "$HOME/said" || false
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
  rowmark set LoRA Read >"$HOME/said" 2>&1 3>&- &
  local pid=$!
  set +m
  for _ in $(seq 100); do [ -e ../started ] && break; sleep 0.05; done
  kill -INT -- -$pid || { cat "$HOME/said"; return 1; }
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
