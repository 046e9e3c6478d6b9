#!/usr/bin/env python3
"""The eight texts that check is measured on: texts.py SHAPE BYTES FILE, or -n COUNT for so many
files of so many bytes in all below a folder.

    narrow    rows of four short cells           cjk       Chinese cells
    long      cells of 150 words                 bench     a reading list, as they are on GitHub
    many      tables of ten rows under headings  prose     no table at all
    proseone  prose, then one table              findings  narrow, each tenth row with a cell too many
"""
import argparse, os, random

WORDS = ("method model reading data language small large training survey results attention "
         "paper table version tracker status").split()
HANZI = "模型数据语言训练结果方法阅读注意力调查小大"


def words(r, n):
    return " ".join(r.choice(WORDS) for _ in range(n))


def narrow(r, i):
    return f"| Item {i} | {r.choice('abcdef')} | {r.randrange(100)} | {r.choice(['Yes', 'No'])} |\n"


def long(r, i):
    return f"| Item {i} | {words(r, 150)} | {words(r, 150)} |\n"


def cjk(r, i):
    return f"| 论文{i} | {''.join(r.choice(HANZI) for _ in range(40))} | {r.choice(['未读', '在读', '已读'])} |\n"


def bench(r, i):
    return (f"| [Paper {i}](https://arxiv.org/abs/{2000 + i % 24}.{i:05}) | {words(r, 12)} | "
            f"{r.choice(['NLP', 'Vision', 'Audio'])} | {r.choice(['Not read', 'Reading', 'Read'])} |\n")


def findings(r, i):
    return narrow(r, i) if i % 10 else f"| Item {i} | a | 3 | Yes | too many |\n"


def prose(r):
    return "\n".join(words(r, 11).capitalize() for _ in range(5)) + ".\n\n"


NARROW = "| Name | Kind | Number | Done |\n|---|---|---|---|\n"
PAPERS = "| Paper | Abstract | Area | Status |\n|---|---|---|---|\n"
ROWS = {"narrow": (NARROW, narrow), "findings": (NARROW, findings), "bench": (PAPERS, bench),
        "long": ("| Name | Method | Results |\n|---|---|---|\n", long),
        "cjk": ("| 论文 | 摘要 | 状态 |\n|---|---|---|\n", cjk)}
SHAPES = list(ROWS) + ["many", "prose", "proseone"]


def text(shape, size, first=0):
    r, parts, n, i = random.Random(first + 1), ["# Papers\n\nSome text.\n\n"], 0, first + 1
    if shape in ROWS:
        parts.append(ROWS[shape][0])
    while n < size:
        if shape in ROWS:
            part = ROWS[shape][1](r, i)
        elif shape == "many":
            part = f"## Part {i}\n\n{NARROW}{''.join(narrow(r, k) for k in range(10))}\n"
        else:
            part = prose(r)
        parts.append(part)
        n += len(part.encode())
        i += 1
    if shape == "proseone":
        parts += ["## Last\n\n", PAPERS] + [bench(r, k) for k in range(10)]
    return "".join(parts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=0)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("bytes", type=int)
    parser.add_argument("path")
    args = parser.parse_args()
    if args.n:
        os.makedirs(args.path)
    for k in range(args.n or 1):
        path = f"{args.path}/f{k:05}.md" if args.n else args.path
        with open(path, "w", encoding="utf-8") as f:
            f.write(text(args.shape, args.bytes // (args.n or 1), k * 100))
