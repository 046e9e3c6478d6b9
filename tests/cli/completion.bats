# completion: candidates from the commands' own tables and from the files, and the scripts in
# their real shells.

load common

words() {
  rowmark completion words -- "$@" | cut -f1
}

@test "commands, options and their values" {
  reading_list
  words sum | grep -qx summary
  words ls --fo | grep -qx -- --format
  words ls --color '' | grep -qx always
  words help sq | grep -qx sql
  words completion '' | grep -qx fish
}

@test "files, tables, rows, columns and values" {
  reading_list
  words ls READ | grep -qx README.md
  words ls README.md# | grep -qx README.md#papers
  words set lo | grep -qx LoRA
  words set lora not | grep -qix 'not read'
  words add Pap | grep -qx Paper=
  words add x 'Read or Not=not' | grep -qx 'Read or Not=Not Read'
  words set lora x -c re | grep -qx 'Read or Not'
  words schema in | grep -qx infer
}

@test "nothing is said where nothing fits, and no error is told" {
  run rowmark completion words -- set ''
  [ "$status" -eq 0 ]
  [ -z "$output" ]
}

@test "bash completes from the script" {
  reading_list
  cat >t.bash <<'SH'
source <("$ROWMARK" completion bash)
complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rowmark 2>/dev/null; printf '%s\n' "${COMPREPLY[@]}"; }
complete_line rowmark su
complete_line rowmark set lo
complete_line rowmark set lora 'not'
SH
  run bash t.bash
  [[ $output == *summary* ]]
  [[ $output == *LoRA* ]]
  [[ $output == *'Not\ Read'* ]]
}

@test "zsh loads the script and completes" {
  command -v zsh >/dev/null || skip "no zsh"
  reading_list
  rowmark completion zsh >_rowmark
  cat >t.zsh <<'SH'
autoload -Uz compinit && compinit -u -D
source ./_rowmark
compadd() { local -a v; v=("${(@P)@[-1]}"); print -l -- $v }
words=(rowmark set lo) CURRENT=3 PREFIX=lo
_rowmark
SH
  run zsh -f t.zsh
  [[ $output == *LoRA* ]]
}

@test "fish completes from the script" {
  command -v fish >/dev/null || skip "no fish"
  reading_list
  rowmark completion fish >r.fish
  run fish -c 'source r.fish; complete -C "rowmark set lo"'
  [[ $output == *LoRA* ]]
}

@test "columns behind the verbs of column, but not behind add" {
  fresh
  printf '# M\n\n| F | A b | B |\n|---|---|---|\n| x | b | todo |\n| y | c | done |\n' | commit_file a.md
  words column rm '' | grep -qx 'A b'
  words column rename '' | grep -qx B
  ! words column add '' | grep -qx B
}
