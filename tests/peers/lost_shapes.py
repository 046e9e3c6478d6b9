"""Shapes of tables that lose rows, made of the block grammar."""
import re

BLOCKS = {
    "dashes": ["---"], "stars": ["***"], "spaced": ["- - -"], "heading": ["# note"],
    "bullet": ["- y", "- z"], "star": ["* y", "* z"], "plus": ["+ y", "+ z"], "empty": ["-"],
    "ordered": ["1. y", "2. z"], "paren": ["1) y", "2) z"], "seven": ["7. y", "8. z"],
    "task": ["- [ ] y", "- [x] z"], "quote": ["> y", "> z"], "fence": ["```", "y", "```"],
    "tilde": ["~~~", "y", "~~~"], "indent": ["    y", "    z"], "tab": ["\ty", "\tz"],
    "pre": ["<pre>", "y", "</pre>"], "comment": ["<!-- y -->"], "comment2": ["<!-- y", "z -->"],
    "pi": ["<? y ?>"], "decl": ["<!X y>"], "cdata": ["<![CDATA[ y ]]>"],
    "div": ["<div>", "y", "</div>"], "details": ["<details><summary>s</summary>", "y", "</details>"],
    "ul": ["<ul><li>y</li>", "<li>z</li></ul>"], "p": ["<p>y</p>"], "br": ["<br>"],
    "img": ['<img src="a.png">'], "span": ["<span>", "y", "</span>"], "a": ['<a id="x"></a>'],
    "table": ["<table>", "<tr><td>y</td></tr>", "</table>"], "image": ["![i](a.png)"],
    "linkdef": ["[r]: https://example.org"], "note": ["[^1]: y"], "text": ["y", "z"],
    "setext": ["==="], "blank": [""], "blanks": ["", ""],
}
HEAD = ["| a | b | c |", "|---|---|---|", "| A | x | 1 |"]
REST = ["| C | y | 3 |", "| D | z | 4 |"]


def shapes():
    """Names and texts."""
    for kind, many in BLOCKS.items():
        for block in {1: many[:1], len(many): many}.values():
            first, more = block[0].strip() or "x", block[1:] or block
            closed = [more[-1] + " |"] if more[-1].strip() else ["", "more |"]
            name = f"{kind}{len(block)}"
            row = "| B | p | 2 |"
            yield f"{name}.last", HEAD + ["| B | p | " + first] + more[:-1] + closed + REST
            yield f"{name}.broken", HEAD + ["| B | p | text"] + block[:-1] + closed + REST
            yield f"{name}.middle", HEAD + ["| B | " + first] + more[:-1] + [
                closed[-1].replace(" |", " | 2 |")] + REST
            yield f"{name}.first", HEAD + ["| " + first] + more[:-1] + [
                closed[-1].replace(" |", " | p | 2 |")] + REST
            yield f"{name}.behind", HEAD + [row] + block + REST
            yield f"{name}.blank", HEAD + [row, ""] + block + REST
            yield f"{name}.around", HEAD + [row, ""] + block + [""] + REST
            yield f"{name}.after", HEAD + [row] + block + [""] + REST


WHOLE = HEAD + ["| B | p | 2 |"] + REST


def above():
    """Shapes of what stands above the rows: over the header, and between it and the rows."""
    for kind, block in BLOCKS.items():
        for lines in {1: block[:1], len(block): block}.values():
            name = f"{kind}{len(lines)}"
            yield f"{name}.above", lines + WHOLE
            yield f"{name}.over", lines + [""] + WHOLE
            yield f"{name}.header", WHOLE[:1] + lines + WHOLE[1:]
            yield f"{name}.rows", WHOLE[:2] + lines + WHOLE[2:]
            yield f"{name}.for", lines + WHOLE[1:]
            yield f"{name}.delimiter", WHOLE[:1] + lines + WHOLE[2:]


def commits():
    """Names, whole tables, and what a commit makes of each: everywhere that a table may stand."""
    for places in (shapes(), above()):
        for name, lines in places:
            yield name, WHOLE, lines
            for place, first, then in ("quote", "> ", "> "), ("item", "- ", "  "):
                yield (f"{name}.{place}", [(then if i else first) + line for i, line in enumerate(WHOLE)],
                       [(then if i else first) + line for i, line in enumerate(lines)])
            # A second table of the same rows, that stays; and rows that all begin alike.
            twin = ["", "## Twin", "", *WHOLE]
            yield f"{name}.twin", WHOLE + twin, lines + twin
            yield (f"{name}.alike", [re.sub(r"^\| [ABCD] ", "| A ", line) for line in WHOLE],
                   [re.sub(r"^\| [ABCD] ", "| A ", line) for line in lines])
            # The block without the prefix of the quote around it.
            yield (f"{name}.unquoted", ["> " + line for line in WHOLE],
                   ["> " + line if line in WHOLE else line for line in lines])
            yield (f"{name}.bare", [line.strip("| ") for line in WHOLE],
                   [line.strip("| ") if line in WHOLE else line for line in lines])
