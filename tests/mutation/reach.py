"""Which test reaches which line of lib/, as gcov counts it.

The map is kept in a file. A later commit takes it over: lines are followed by what git calls
the same, and only tests whose source changed are run again; all, where the library has a new file.
"""
import difflib
import json
import os
import re
import shutil
import subprocess

import programs


class Map:
    """{'head': commit, 'seconds': {test: s}, 'lines': {file: {line: [tests]}}}"""

    def __init__(self, tree, head):
        self.tree, self.kept = tree, os.path.join(os.path.dirname(tree), 'reach.json')
        self.counts = os.path.join(os.path.dirname(tree), 'counts')
        self.known = {'head': head, 'done': [], 'seconds': {}, 'lines': {}}
        if os.path.exists(self.kept):
            with open(self.kept, encoding='ascii') as f:
                self.known = json.load(f)
            if self.known['head'] != head:
                self.follow(head)
        wanted = os.environ.get('RUN', '')
        self.names = [name for name in programs.names(tree) if re.search(wanted, name)]
        for name in self.names:
            if not name.endswith('.bats'):
                self.learn(name)

    def git(self, *words):
        return subprocess.run(['git', *words], cwd=self.tree, check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    # The map of an earlier commit, its lines where they are now.
    def follow(self, head):
        old = self.known['head']
        differ = ('diff', '--name-only', '--no-renames', old, head)
        # A new file: no program was run since it is there.
        if self.git(*differ, '--diff-filter=A', '--', 'lib/**.c'):
            self.known = {'head': head, 'done': [], 'seconds': {}, 'lines': {}}
            return
        for path in self.git(*differ).split('\n'):
            name = os.path.basename(path)
            if path.startswith(('tests/unit/', 'tests/cli/')):
                self.forget(re.sub(r'\.c$', '', name))
            elif path in self.known['lines']:
                self.known['lines'][path] = self.moved(path, old, head)
        self.known['head'] = head

    def forget(self, name):
        mine = lambda t: t == name or t.startswith(name + ':')
        self.known['done'] = [d for d in self.known['done'] if d != name]
        self.known['seconds'] = {t: s for t, s in self.known['seconds'].items() if not mine(t)}
        for lines in self.known['lines'].values():
            for n in lines:
                lines[n] = [t for t in lines[n] if not mine(t)]

    def moved(self, path, old, head):
        if not os.path.exists(os.path.join(self.tree, path)):
            return {}
        a, b = (self.git('show', c + ':' + path).split('\n') for c in (old, head))
        lines, now = self.known['lines'][path], {}
        for i, j, n in difflib.SequenceMatcher(None, a, b, False).get_matching_blocks():
            for k in range(n):
                if str(i + k + 1) in lines:
                    now[str(j + k + 1)] = lines[str(i + k + 1)]
        return now

    # Run a program, or all tests of a bats file, once, and note what each reaches.
    def learn(self, name):
        if name in self.known['done']:
            return
        shutil.rmtree(self.counts, ignore_errors=True)
        bats = name.endswith('.bats')
        # Tests of bats files put their number behind this (tests/cli/common.bash).
        where = {'ROWMARK_COUNTS': self.counts} if bats else {'GCOV_PREFIX': self.counts}
        ran = programs.run(self.tree, 'cover', name, all_of_it=True, ROWMARK_COVER='1', **where)
        self.known['done'].append(name)
        if not bats and ran.why:
            print('# left out: %s: %s' % (name, ran.why), flush=True)
        elif not bats:
            self.note(name, ran.seconds, self.counts)
        for ok, number, what, ms in re.findall(r'^(ok|not ok) (\d+) (.*?) in (\d+)ms', bats *
                                               ran.out.decode('utf-8', 'replace'), re.M):
            if ok == 'ok' and '# skip' not in what:
                self.note(name + ':' + number, int(ms) / 1000, os.path.join(self.counts, number))
            else:
                print('# left out: %s: %s' % (name, what), flush=True)
        with open(self.kept + '.new', 'w', encoding='ascii') as f:
            json.dump(self.known, f)
        os.rename(self.kept + '.new', self.kept)

    def note(self, test, seconds, counts):
        self.known['seconds'][test] = round(seconds, 2)
        for name, lines in self.read(counts).items():
            of = self.known['lines'].setdefault(name, {})
            for n, ran in lines.items():
                by = of.setdefault(str(n), [])
                if ran:
                    by.append(test)

    # {file: {line: was it run?}} of the counts below a folder.
    def read(self, counts):
        data, lines = [], {}
        for folder, _, names in os.walk(counts):
            if '/lib/' not in folder + '/':
                continue
            for name in names:
                notes = os.path.join(folder, name)[len(counts):-len('.gcda')] + '.gcno'
                os.symlink(notes, os.path.join(folder, name[:-len('.gcda')] + '.gcno'))
                data.append(os.path.join(folder, name))
        if not data:
            return lines
        out = subprocess.run(['gcov', '--json-format', '--stdout', *data], cwd=self.tree,
                             check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        for report in out.splitlines():
            for f in json.loads(report)['files'] if report.strip() else []:
                if not f['file'].startswith('lib/') or not f['file'].endswith('.c'):
                    continue
                of = lines.setdefault(f['file'], {})
                for line in f['lines']:
                    n = line['line_number']
                    of[n] = of.get(n, False) or line['count'] > 0
        return lines

    # Tests that reach one of some lines, or, where nothing is counted there, the lines before.
    def tests(self, name, first, last):
        lines = self.known['lines'].get(name, {})
        here = [n for n in range(first, last + 1) if str(n) in lines]
        while not here and first > 1:
            first -= 1
            here = [first] if str(first) in lines else []
        return {t for n in here for t in lines[str(n)]}

    # Bats files that were not run yet: what they reach is learnt when a change lived so long.
    def unknown(self):
        return [n for n in self.names if n not in self.known['done']]
