# The example workflows of examples/ci, their scripts run with a `gh` that only notes what it is told.

load common
load repo

# The script of a step.
script_of() { # workflow, step
  python3 - "$TOP/examples/ci/$1" "$2" <<'P'
import sys, yaml
jobs = yaml.safe_load(open(sys.argv[1]))["jobs"].values()
print(next(s["run"] for j in jobs for s in j["steps"] if s.get("name") == sys.argv[2]))
P
}

clones() {
  python3 -c 'import yaml' 2>/dev/null || skip "no yaml for python here"
  papers
  git clone -q --bare . ../origin.git
  cd .. && git clone -q origin.git a
  mkdir bin
  printf '#!/bin/sh\necho "gh $*" >>"$HOME/gh"\ncase "$*" in *baseRefName*) echo main;; *body-file*) cat /tmp/comment.md >>"$HOME/gh";; esac\n' >bin/gh
  chmod +x bin/gh
  PATH=$HOME/bin:$PATH
  cd a
}

@test "merge-rows: the base goes into the branch, or a comment lists the rows" {
  clones
  script_of merge-rows.yml merge | sed "s|/tmp/|$HOME/|g" >../script
  sed -i "s|/tmp/|$HOME/|g" ../bin/gh
  git checkout -q -b topic && rowmark set -q lima Reading && git push -q -u origin topic
  git checkout -q main && rowmark set -q lora Read && git push -q && git checkout -q topic
  bash -e ../script
  git -C ../origin.git show topic:README.md | grep -F '| LoRA | Read |'
  git checkout -q main && rowmark set -q lima Read && git push -q && git checkout -q topic
  bash -e ../script && return 1
  grep -F 'gh pr comment' "$HOME/gh"
  grep -F "README.md#papers LIMA: Status: ours has 'Reading', theirs has 'Read'" "$HOME/gh"
}

@test "row-from-issue: done, add, and words that are none of its business" {
  clones
  script_of row-from-issue.yml row | sed "s|/tmp/|$HOME/|g" >../script
  sed -i "s|/tmp/|$HOME/|g" ../bin/gh
  export FILE=README.md ISSUE=7
  BODY=$'### What to do\r\n\r\nMark a row done\r\n\r\n### Row\r\n\r\nlora\r\n' bash -e ../script
  git -C ../origin.git show main:README.md | grep -F '| LoRA | Read |'
  grep -F 'gh issue close 7 --reason=completed' "$HOME/gh"
  BODY=$'### What to do\n\nAdd a row\n\n### Row\n\nGPT-3\n' bash -e ../script
  git -C ../origin.git show main:README.md | grep -F '| GPT-3 |'
  : >"$HOME/gh"
  BODY=$'### What to do\n\nMark a row done\n\n### Row\n\n$(touch bad) --author=x `touch bad`\n' bash -e ../script
  [ ! -e bad ]
  ! grep -F 'gh issue close' "$HOME/gh"
}
