"""What cmark-gfm, the program, shows of a Markdown text: it knows nothing of rowmark."""
import re
import subprocess
import xml.etree.ElementTree

ARGS = ["cmark-gfm", "--unsafe", "-e", "footnotes", "-e", "table", "-e", "strikethrough",
        "-e", "autolink", "-e", "tasklist"]
NS = "{http://commonmark.org/xml/1.0}"
DELIMITER = re.compile(r"^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
PREFIX = re.compile(r"^[ \t>]*((?:[-*+]|\d{1,9}[.)])[ \t]+(?=\|))?[ \t>]*")


def render(text, form="html"):
    """The page, or its tree as XML."""
    run = subprocess.run(ARGS + ["-t", form], input=text.encode("utf-8", "surrogateescape"),
                         capture_output=True, check=True)
    return run.stdout.decode("utf-8", "replace")


def tree(text):
    """The tree as XML, parsed."""
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", render(text, "xml"))
    return xml.etree.ElementTree.fromstring(clean.replace("<unknown>", "unknown"))


def lines_of(text):
    """The lines without their ends."""
    return re.split(r"\r\n|\n|\r", text)


def front_matter(lines):
    """How many lines settings at the start take, which are no Markdown."""
    mark = lines[0].lstrip("\ufeff").rstrip()
    if mark in ("---", "+++"):
        for i, line in enumerate(lines[1:], 2):
            if line.rstrip() == mark or (mark == "---" and line.rstrip() == "..."):
                return i
    return 0


def row_start(line):
    """Where the first cell of what looks like a row starts: led and closed by pipes, two cells."""
    at = PREFIX.match(line).end()
    body = line[at:].rstrip()
    if DELIMITER.match(body) or not body.startswith("|"):
        return None
    bare = re.sub(r"(`+)(?:(?!\1).)*?\1", lambda m: m.group(0).replace("|", "."), body)
    bare = bare.replace("\\|", "..")
    return at + 1 if bare.count("|") >= 3 and bare.endswith("|") else None


def contexts(text):
    """For each line that looks like a row: 'row', 'text', 'code' or 'html'."""
    marked, found = [], {}
    lines = lines_of(text)
    front = front_matter(lines)
    for number, line in enumerate(lines, 1):
        at = None if number <= front else row_start(line)
        if at is not None:
            found[number] = "text"
            line = f"{line[:at]}zq{number}qz{line[at:]}"
        marked.append("" if number <= front else line)

    def walk(node, where):
        tag = node.tag.replace(NS, "")
        where = {"table_cell": "row", "code_block": "code", "html_block": "html",
                 "paragraph": "text", "heading": "text"}.get(tag, where)
        for number in re.findall(r"zq(\d+)qz", node.text or ""):
            found[int(number)] = where
        for child in node:
            walk(child, where)

    walk(tree("\n".join(marked)), "text")
    return found


def lost_runs(text, literal=("pre", "textarea", "script", "style", "xmp", "!--")):
    """Runs of lines that look like rows and are shown as text: (first, last)."""
    runs, lines = [], lines_of(text)
    for number, where in sorted(contexts(text).items()):
        above = "\n".join(lines[:number])
        hidden = where == "html" and any(
            above.rfind("<" + tag) > above.rfind("-->" if tag == "!--" else "</" + tag)
            for tag in literal)
        if where in ("row", "code") or hidden:
            continue
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs
