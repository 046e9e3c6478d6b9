# Every line of docs/scripting.md that a reader could type, run in order.

load common

@test "the lines of docs/scripting.md do what they say" {
  fresh
  awk '/^```markdown/ { on = 1; next } /^```/ { on = 0 } on' "$TOP/docs/scripting.md" | commit_file PLAN.md
  awk '/^```sh/ { on = 1; next } /^```/ { on = 0 } on' "$TOP/docs/scripting.md" >"$HOME/lines"
  [ "$(wc -l <"$HOME/lines")" -ge 15 ]
  while IFS= read -r line; do
    bash -c "$line" >"$HOME/out" 2>"$HOME/err" </dev/null || { echo "$line" && cat "$HOME/out" "$HOME/err" && return 1; }
  done <"$HOME/lines"
}
