"""What rowmark.py gives: python3 -m unittest lib/python/test_rowmark.py"""

import os
import subprocess
import tempfile
import unittest

import rowmark

LIST = """# Papers

| Paper | Read or Not |
|-------|-------------|
| LoRA  | Not read    |
| LIMA  | Reading     |
| GPT-3 | Read        |
"""


def git(*args: str) -> str:
    return subprocess.run(["git", *args], check=True, capture_output=True, text=True).stdout


class InRepository(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        with open("README.md", "w", encoding="utf-8") as file:
            file.write(LIST)
        git("init", "-q")
        git("config", "user.name", "Ada")
        git("config", "user.email", "ada@example.org")
        git("add", ".")
        git("commit", "-q", "-m", "A list")

    def test_open_rows(self) -> None:
        with rowmark.open() as db:
            rows = db.rows("README.md", "papers")
            left = [row.key for row in rows if row.progress("Read or Not") != "done"]
            self.assertEqual(left, ["LoRA", "LIMA"])
            self.assertEqual(rows[1]["Read or Not"], "Reading")
            self.assertEqual(rows[2].line, 7)

    def test_set_and_commit(self) -> None:
        with rowmark.open() as db:
            changed = db.set("README.md", None, "lora", "read")
            self.assertEqual((changed["old"], changed["new"]), ("Not read", "Read"))
            self.assertEqual(db.commit(), git("rev-parse", "HEAD").strip())
            self.assertEqual(db.commit(), "")
        self.assertEqual(git("log", "-1", "--format=%s").strip(), "LoRA: Not read -> Read")
        self.assertEqual(git("status", "--porcelain"), "")

    def test_who_comes_too_late(self) -> None:
        with rowmark.open() as one, rowmark.open() as two:
            one.set("README.md", None, "lora", "Reading", expected="Not read")
            two.set("README.md", None, "lora", "Reading", expected="Not read")
            one.commit()
            with self.assertRaises(rowmark.Error) as caught:
                two.commit()
            self.assertEqual(caught.exception.code, "faster")

    def test_rows_come_and_go(self) -> None:
        with rowmark.open() as db:
            db.add("README.md", None, {"Paper": "Gopher"})
            db.done("README.md", None, "Gopher")
            db.rm("README.md", None, "GPT-3")
            db.commit("Three at once")
            changes = db.diff("HEAD~1:README.md", "README.md")
            self.assertEqual([(c["change"], c["row"]) for c in changes],
                             [("removed", "GPT-3"), ("added", "Gopher")])
        self.assertIn("| Gopher | Read", git("show"))

    def test_errors(self) -> None:
        with rowmark.open() as db:
            for call in (lambda: db.rows("none.md"), lambda: db.set("README.md", None, "no", "Read"),
                         lambda: db.set("README.md", None, "lora", "Raed"),
                         lambda: db.option("colour", "1")):
                self.assertRaises(rowmark.Error, call)


class WithoutFile(unittest.TestCase):
    def test_check(self) -> None:
        with rowmark.open_text("| A | B |\n|---|---|\n| x | y | z |\n") as db:
            self.assertEqual([(f["rule"], f["line"]) for f in db.check()], [("extra-cell", "3")])

    def test_set(self) -> None:
        with rowmark.open_text(LIST) as db:
            db.done("", None, "LIMA")
            self.assertIn(b"| LIMA  | Read        |", db.bytes())
            self.assertEqual([s["done"] for s in db.summary()], ["2"])

    def test_merge(self) -> None:
        ours, theirs = LIST.replace("Reading", "Read"), LIST.replace("Not read", "Reading")
        merged = rowmark.merge(LIST, ours, theirs)
        self.assertEqual(merged.conflicts, [])
        self.assertIn("| LoRA  | Reading ", merged.text)
        self.assertIn("| LIMA  | Read", merged.text)
        self.assertEqual(len(rowmark.merge(LIST, ours, LIST.replace("Reading", "Not read")).conflicts), 1)

    def test_nothing_of_it_crashes(self) -> None:
        with rowmark.open_text("") as db:
            self.assertEqual(db.tables(), [])
            self.assertRaises(rowmark.Error, db.rows)
            self.assertRaises(rowmark.Error, db.set, "", "x", "y", "z")
        self.assertRaises(rowmark.Error, db.rows)


if __name__ == "__main__":
    unittest.main()
