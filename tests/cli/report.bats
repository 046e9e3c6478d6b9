# report: one static page, complete, safe, and the same each time.

load common

@test "a page is written, says so, and comes out the same twice" {
  reading_list
  expect 0 rowmark report -o r.html <<'OUT'
r.html: 1 table, 2 findings
OUT
  rowmark report -o - | cmp - r.html
}

@test "the page is well-formed, and its policy names the hashes of what stands in it" {
  reading_list
  rowmark report -o r.html
  grep -q "default-src 'none'" r.html
  python3 - r.html <<'PY'
import base64, hashlib, html.parser, re, sys
page = open(sys.argv[1], encoding='utf-8').read()
for tag in ('style', 'script'):
    body = re.search('<%s>(.*?)</%s>' % (tag, tag), page, re.S).group(1)
    want = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    assert "%s-src 'sha256-%s'" % (tag, want) in page, tag
class Check(html.parser.HTMLParser):
    void = {'meta', 'br', 'link', 'input'}
    open, ids, leads = [], set(), set()
    def handle_starttag(self, tag, attrs):
        self.ids |= {value for name, value in attrs if name == 'id'}
        self.leads |= {value[1:] for name, value in attrs if name == 'href' and value[0] == '#'}
        if tag not in self.void: self.open.append(tag)
        for name, value in attrs:
            assert name not in ('src', 'style') and not name.startswith('on'), (tag, name)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
c = Check(); c.feed(page); assert not c.open
assert {'finding-1', 'finding-2', 'at-1', 'at-2'} <= c.leads <= c.ids, c.leads - c.ids
PY
}

@test "no document puts markup, script or a bad link into the page" {
  fresh
  printf '# <script>alert(1)</script>\n\n| A<img src=x onerror=y> | B |\n|---|---|\n| <script>alert(2)</script> | [x](javascript:alert(3)) |\n| `<b>` | [y](data:text/html,z) |\n| "q" &lt; | [z](https://e.example/?a="b) |\n' | commit_file README.md
  rowmark report -o r.html
  [ "$(grep -c '<script' r.html)" -eq 1 ]
  (! grep -qE '<img|href="(javascript|data):|onerror=[^&]' r.html)
  grep -q '<code>&lt;b&gt;</code>' r.html
}

@test "links, code, emphasis and breaks are alive" {
  fresh
  printf '| A | B |\n|---|---|\n| [l](https://e.example) and [r](docs/x.md) | **b** *i* ~~d~~ `c \\| d`<br>next |\n' | commit_file README.md
  rowmark report -o r.html
  grep -q '<a href="https://e.example">l</a> and <a href="docs/x.md">r</a>' r.html
  grep -q '<strong>b</strong> <em>i</em> <del>d</del> <code>c | d</code><br>next' r.html
}

@test "what report refuses" {
  reading_list
  run rowmark report
  [ "$status" -eq 2 ]
  [[ $output == *"-o report.html"* ]]
  run rowmark report -o no/such/folder/r.html
  [ "$status" -eq 2 ]
  run rowmark report missing.md -o r.html
  [ "$status" -eq 2 ]
  [ ! -e r.html ]
}

@test "style and script are page.css and page.js, and the page's policy names just these" {
  command -v python3 >/dev/null || skip "no python3 here"
  reading_list
  rowmark -q report -o r.html
  python3 - "$TOP/lib/page" <<'EOF'
import base64, hashlib, re, sys
page = open('r.html', encoding='utf-8').read()
for tag, name in (('style', 'page.css'), ('script', 'page.js')):
    found = re.findall('<%s>(.*?)</%s>' % (tag, tag), page, re.S)
    assert found == ['\n' + open(sys.argv[1] + '/' + name, encoding='utf-8').read()], tag
    digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
    assert "%s-src 'sha256-%s'" % (tag, digest) in page, tag
EOF
}

@test "marks hold links, links hold marks, and each leads where it leads on GitHub" {
  fresh
  mkdir -p docs out
  printf '| A | B |\n|---|---|\n| **[l](x.md)** [*e*](/top.md) | [h](#here) ***b*** snake_case_x |\n| https://e.example/?a=1&amp;b=2 | www.e.example [up](../y%%20z.md) |\n' | commit_file docs/a.md
  rowmark -q report -o out/r.html
  grep -qF '<a href="../docs/x.md"><strong>l</strong></a> <a href="../top.md"><em>e</em></a>' out/r.html
  grep -qF '<a href="../docs/a.md#here">h</a> <strong><em>b</em></strong> snake_case_x' out/r.html
  grep -qF '<a href="https://e.example/?a=1&amp;b=2" class="url">' out/r.html
  grep -qF '<a href="http://www.e.example" class="url">www.e.example</a> <a href="../docs/../y%20z.md">up</a>' out/r.html
  cd docs
  rowmark -q report -o r.html
  grep -qF '<a href="x.md">' r.html
  grep -qF '<a href="../top.md">' r.html
}

@test "what check finds, across files and with the settings, is on the page" {
  fresh
  printf '<!-- rowmark: papers; Paper: key -->\n\n| Paper | Read |\n|---|---|\n| LoRA | yes |\n| LoRA | yes |\n' >a.md
  printf '<!-- rowmark: notes; On: ref papers -->\n\n| On | Note |\n|---|---|\n| LIMA | x |\n| LoRA | y | z |\n' >b.md
  rowmark -q report -o r.html
  grep -q 'class="mark error" id="at-[0-9]*" href="#finding-[0-9]*" title="[^"]*LIMA' r.html
  grep -q '<td class="excess">z&nbsp;<a class="mark error"' r.html
  [ "$(grep -c '<code>foreign-key</code>' r.html)" -eq 1 ]
  # As many findings as check has, each marked once.
  [ "$(grep -c '<li id="finding-' r.html)" -eq "$(rowmark check | wc -l)" ]
  [ "$(grep -o 'id="at-[0-9]*"' r.html | sort -u | wc -l)" -eq "$(grep -c '<li id="finding-' r.html)" ]
  printf '[rules]\nforeign-key = off\n' >.rowmark.ini
  rowmark -q report -o r.html
  [ "$(grep -c '<code>foreign-key</code>' r.html)" -eq 0 ]
}

@test "one table: its rows, its findings, its progress" {
  fresh
  printf '# Lists\n\n## A\n\n| X | Status |\n|---|---|\n| 1 | done |\n\n## B\n\n| Y | Status |\n|---|---|\n| 2 | todo | 3 |\n' | commit_file l.md
  expect 0 rowmark report l.md#a -o r.html <<'OUT'
r.html: 1 table, 0 findings
OUT
  grep -q '<strong>100&nbsp;%</strong> <span>1 of 1 done</span>' r.html
  expect 0 rowmark report l.md#b l.md#b -o r.html <<'OUT'
r.html: 1 table, 1 finding
OUT
}

@test "a bar is divided as the rows are" {
  fresh
  printf '# A\n\n| Task | Status |\n|---|---|\n' >list.md
  printf '| %s | %s |\n' a Done b Done c Done d Doing e Todo >>list.md
  rowmark report list.md -o r.html
  grep -qE 'class="bar".*class="done" x="0.00" width="60.00".*class="doing" x="60.00" width="20.00"' r.html
}

@test "over time: committed changes, the same with and without what was kept" {
  reading_list
  rowmark -q report -o r.html
  [ "$(grep -c 'Over time' r.html)" -eq 0 ] # of one day there is nothing to draw
  export GIT_AUTHOR_DATE='2026-02-01T00:00:00+0000' GIT_COMMITTER_DATE='2026-02-01T00:00:00+0000'
  rowmark -q set lima read
  rowmark -q report -o r.html
  grep -q '<th scope="row">2026-02-01</th><td class="n">3</td><td class="n">13</td>' r.html
  rowmark report -o - | cmp - r.html
  rowmark report --no-cache -o - | cmp - r.html
  [ "$(rowmark report --no-history -o - | grep -c 'Over time')" -eq 0 ]
  mkdir ../plain
  cp README.md ../plain
  cd ../plain
  expect 0 rowmark report -o r.html <<'OUT'
r.html: 1 table, 2 findings
OUT
}

@test "many findings in many rows take no time" {
  fresh
  awk 'BEGIN { print "| A | B |\n|---|---|"; for (i = 0; i < 20000; i++) printf "| %d | x | y |\n", i }' >big.md
  timeout 10 "$ROWMARK" -q report big.md -o r.html
  [ "$(grep -c '<li id="finding-' r.html)" -eq 20000 ]
}
