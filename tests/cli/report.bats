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
    open = []
    def handle_starttag(self, tag, attrs):
        if tag not in self.void: self.open.append(tag)
        for name, value in attrs:
            assert name not in ('src', 'style') and not name.startswith('on'), (tag, name)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
c = Check(); c.feed(page); assert not c.open
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
