# rowmark mcp: the tables for programs that speak the Model Context Protocol.

load common

# A table of work and another one, committed.
plan() {
  fresh
  printf '%s\n' '# Plan' '' '| Task | Status | Owner |' '|---|---|---|' \
    '| parse | Todo | |' '| print | Doing | |' '| lex | Done | |' | commit_file PLAN.md 'A plan'
}

META='"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}'

# A request of the revision that has no handshake.
ask() { # method
  printf '{"jsonrpc":"2.0","id":7,"method":"%s","params":{%s}}\n' "$1" "$META"
}

request() { # tool, arguments
  local arguments=${2:-}
  printf '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":%s,%s}}\n' "$1" "${arguments:-{\}}" "$META"
}

# The result of a tool, or the error.
call() { # tool, arguments
  request "$@" | rowmark mcp ${READ_ONLY:+--read-only} | jq -c '.result // .error'
}

is() {
  local said
  said=$(cat)
  jq -e "$1" >/dev/null <<<"$said" || { echo "not so: $1"; echo "$said"; return 1; }
}

@test "a session of 2025-11-25 begins with initialize" {
  plan
  printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}' \
    '{"jsonrpc":"2.0","method":"notifications/initialized"}' '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' \
    '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"tables","arguments":{}}}' |
    rowmark mcp >"$HOME/said"
  [ "$(wc -l <"$HOME/said")" -eq 3 ]
  sed -n 1p "$HOME/said" | is '.result | .protocolVersion == "2025-11-25" and .serverInfo.name == "rowmark" and .capabilities.tools.listChanged'
  sed -n 2p "$HOME/said" | is '[.result.tools[].name] == ["tables","next","show","set","add","claim","check","log"]'
  sed -n 2p "$HOME/said" | is '.result.tools[3].inputSchema.properties.status.enum == ["Todo","Doing","Done"]'
  sed -n 3p "$HOME/said" | is '.result | .resultType == null and .structuredContent.tables[0].done == 1'
}

@test "a request of 2026-07-28 stands alone" {
  plan
  ask server/discover | rowmark mcp | is '.result | .resultType == "complete" and .supportedVersions == ["2026-07-28"] and .ttlMs >= 0'
  ask tools/list | rowmark mcp | is '.result | .cacheScope == "private" and ._meta["io.modelcontextprotocol/serverInfo"].name == "rowmark"'
  call next | is '.resultType == "complete" and ([.structuredContent.rows[].row] == ["print","parse"])'
}

@test "every tool answers with text and with its document" {
  plan
  for one in 'tables {}' 'next {}' 'show {}' 'show {"row":"lex","columns":"Task"}' 'check {}' 'log {"row":"lex"}' \
    'set {"row":"parse","status":"doing"}' 'set {"row":"lex","column":"Owner","value":"eve","expect":""}' \
    'add {"cells":{"Task":"-docs"},"table":"PLAN.md"}' 'claim {"row":"-docs","as":"ada"}'; do
    call "${one%% *}" "${one#* }" | tee "$HOME/answer" | is '.isError == false and (.content[0].text | fromjson) == .structuredContent' ||
      { cat "$HOME/answer"; false; }
  done
  rowmark show PLAN.md --format csv | diff - <(printf '%s\n' Task,Status,Owner parse,Doing, print,Doing, lex,Done,eve -docs,Doing,ada)
  [ "$(git rev-list --count HEAD)" -eq 5 ]
  is_clean
}

@test "errors are in the text, with what to do" {
  plan
  call set '{"row":"parse","status":"Dome"}' | is '.isError and .structuredContent.error.code == "invalid" and (.content[0].text | test("hint: did you mean .Done."))'
  call set '{"row":"p","status":"Done"}' | is '[.structuredContent.error.candidates[].row] == ["parse","print"]'
  call claim '{"row":"lex","as":"ada"}' | is '.content[0].text | test("is done")'
  call set '{"row":"parse","status":"Done","table":null,"force":true}' | is '.content[0].text == "'"'force' is no argument of set"'"'
  call show '{"table":"none.md"}' | is '.isError and (.content[0].text | test("none.md"))'
  call rm '{"row":"lex"}' | is '.code == -32602'
  is_clean
}

@test "nothing outside of the repository is read" {
  plan
  mkdir sub
  cp PLAN.md ../secret.md
  cp PLAN.md sub/IN.md
  ln -s ../../secret.md sub/link.md
  ln -s .. up
  for file in ../secret.md "$PWD/../secret.md" sub/link.md up/secret.md sub/../../secret.md -; do
    for tool in show next log tables; do
      request "$tool" "{\"table\":\"$file\"}"
    done
    request set "{\"table\":\"$file#plan\",\"row\":\"parse\",\"status\":\"Done\"}"
    request check "{\"file\":\"$file\"}"
  done | rowmark mcp | jq -r '.result.structuredContent.error.code' >"$HOME/codes"
  [ "$(sort "$HOME/codes" | uniq -c)" = '     36 refused' ]
  diff PLAN.md ../secret.md
  call show "{\"table\":\"$PWD/PLAN.md\"}" | is '.isError == false'
  call show '{"table":"HEAD:PLAN.md"}' | is '.isError == false'
  cd sub
  call show '{"table":"../PLAN.md"}' | is '.isError == false'
}

@test "with --read-only nothing is written" {
  plan
  export READ_ONLY=1
  ask tools/list | rowmark mcp --read-only | is '[.result.tools[].name] == ["tables","next","show","check","log"]'
  for one in 'set {"row":"parse","status":"Done"}' 'add {"cells":{"Task":"x"}}' 'claim {"row":"parse","as":"ada"}'; do
    call "${one%% *}" "${one#* }" | is '.structuredContent.error.code == "read-only"'
  done
  call next | is '.isError == false'
  is_clean
  [ "$(git rev-list --count HEAD)" -eq 1 ]
}

@test "what a hook prints is no message, and what it refuses is said" {
  plan
  printf '#!/bin/sh\necho "{}"; echo no >&2; read line; [ ! -e refuse ]\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  call set '{"row":"parse","status":"Done"}' | is '.isError == false and .structuredContent.commit.id'
  touch refuse
  call set '{"row":"print","status":"Done"}' | is '.structuredContent.error.code == "hook" and (.content[0].text | test("\nno\n|^no\n"))'
  is_clean() { [ "$(git status --porcelain)" = '?? refuse' ]; }
  is_clean
}

@test "a long table comes in pages of 20 KB, each row once" {
  fresh
  { printf '# Long\n\n| K | T |\n|---|---|\n'; seq 1 700 | sed 's/.*/| k& | "quoted \\\\ text" and more of it, to fill the page |/'; } | commit_file LONG.md
  cursor=null
  : >"$HOME/rows"
  while call show "{\"cursor\":$cursor}" >"$HOME/page"; do
    [ "$(wc -c <"$HOME/page")" -le 20480 ]
    jq -r '.structuredContent.rows[].K' "$HOME/page" >>"$HOME/rows"
    cursor=$(jq -e '.structuredContent.next_cursor' "$HOME/page") || break
  done
  diff "$HOME/rows" <(seq 1 700 | sed 's/^/k/')
  [ "$(call next | jq -r .isError)" = true ] # no status column
}

@test "the list is said to have changed, a call can be taken back, and nothing is left" {
  plan
  printf '#!/bin/sh\n[ ! -e slow ] || sleep 604.%d\n' $$ >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  python3 - <<'PY'
import json, os, subprocess, time

server = subprocess.Popen(["rowmark", "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def say(**message):
    server.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
    server.stdin.flush()


def hear():
    return json.loads(server.stdout.readline())


def statuses():
    say(id=2, method="tools/list")
    return hear()["result"]["tools"][3]["inputSchema"]["properties"]["status"]["enum"]


say(id=1, method="initialize", params={"protocolVersion": "2025-11-25"})
hear()
assert statuses() == ["Todo", "Doing", "Done"]
with open("PLAN.md", "a") as plan:
    plan.write("| more | Blocked | |\n")
assert hear() == {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}
assert "Blocked" in statuses()
subprocess.run(["git", "checkout", "-q", "PLAN.md"], check=True)

open("slow", "w").close()
say(id=3, method="tools/call", params={"name": "set", "arguments": {"row": "parse", "status": "Done"}})
deadline = time.monotonic() + 300
while not os.path.exists(".git/index.lock"):
    assert time.monotonic() < deadline, hear()
    time.sleep(0.01)
say(method="notifications/cancelled", params={"requestId": 3})
say(id=4, method="ping")
heard = hear()
while heard.get("method"):
    heard = hear()
assert heard == {"jsonrpc": "2.0", "id": 4, "result": {}}, heard
os.remove("slow")

server.stdin.close()
assert server.wait(60) == 0
assert server.stdout.read() == b""
PY
  is_clean
  [ ! -e .git/index.lock ]
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  run pgrep -fx "sleep 604.$$"
  [ "$status" -eq 1 ]
}

@test "a server that ends takes its command and a hook that hangs with it, and the commit is made or taken back" {
  plan
  printf '#!/bin/sh\nexec sleep 604.%d\n' $$ >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  request set '{"row":"parse","status":"Done"}' >"$HOME/request"
  for how in kill terminate unread; do
    python3 - "$how" "$HOME/request" "sleep 604.$$" <<'PY'
import os, select, subprocess, sys, time

how, request, hook = sys.argv[1:]
server = subprocess.Popen([os.environ["ROWMARK"], "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
server.stdin.write(open(request, "rb").read())
server.stdin.flush()
hangs = lambda: subprocess.run(["pgrep", "-fx", hook], stdout=subprocess.DEVNULL).returncode == 0
while not hangs():
    assert not select.select([server.stdout], [], [], 0.02)[0], server.stdout.readline()
if how == "unread":
    server.stdin.close()
    server.stdout.close()
else:
    getattr(server, how)()
server.wait(60)
for _ in range(1000):
    if not hangs() and not os.path.exists(".git/index.lock"):
        break
    time.sleep(0.02)
else:
    sys.exit(f"{how}: something is left")
PY
    is_clean
    [ "$(git rev-list --count HEAD)" -eq 1 ]
  done
}
