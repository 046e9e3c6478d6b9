# Links by reference: to every command what a reader sees of them.

load common

rules() {
  fresh
  commit_file README.md <<'IN'
# Rules

<!-- rowmark: rules; Rule: key -->

| Rule | Status | Link |
|---|---|---|
| [`typedef`] | Todo | [docs][d1] |
| [zeta] | Todo | [docs][d2] |
| [alpha][] | Done | [zeta] |

# Uses

<!-- rowmark: uses; Use: key; Rule: ref rules -->

| Use | Rule |
|---|---|
| u1 | [zeta] |
| u2 | zeta, typedef |

[`typedef`]: https://a.b/typedef
[zeta]: https://a.b/zeta
[alpha]: https://a.b/alpha
[d1]: https://docs.example/1
[d2]: https://docs.example/2
IN
}

@test "rows are chosen by what is seen of links and by where they lead, and sorted by it" {
  rules
  rowmark check -q
  expect 0 rowmark show --where Rule=typedef '#rules' --columns Rule <<<$'Rule\ntypedef'
  expect 0 rowmark show --where 'Link~docs.example/2' '#rules' --columns Rule <<<$'Rule\nzeta'
  expect 0 rowmark show --sort Rule '#rules' --columns Rule <<<$'Rule\nalpha\ntypedef\nzeta'
  rowmark sort -q --by Rule '#rules'
  [ "$(sed -n '7,9s/ | .*//p' README.md)" = $'| [alpha][]\n| [`typedef`]\n| [zeta]' ]
}

@test "a row that is such a link gets another name, and leads where it led" {
  rules
  expect 0 rowmark rename Rule=zeta eta <<'OUT'
README.md#rules  Rule: zeta -> eta, 1 cell; links lead where they led
README.md#uses  Rule: zeta -> eta, 2 cells; links lead where they led
[main 8376ea9] Rename zeta to eta
OUT
  git diff -U0 HEAD~1 | grep '^+[^+]' | diff - <(cat <<'OUT'
+| [eta][zeta] | Todo | [docs][d2] |
+| u1 | [eta][zeta] |
+| u2 | eta, typedef |
OUT
)
  rowmark check -q
  export BROWSER='echo'
  [ "$(rowmark open eta 2>/dev/null)" = https://a.b/zeta ]
}

@test "on the page they are links" {
  rules
  rowmark report -q -o "$HOME/page.html"
  grep -q '<a href="https://a.b/typedef"><code>typedef</code></a>' "$HOME/page.html"
  grep -q '<a href="https://docs.example/1">docs</a>' "$HOME/page.html"
}
