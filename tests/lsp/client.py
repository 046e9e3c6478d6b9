"""A client of the language server protocol, over the pipes of a process.

    c = Client(['rowmark', 'lsp'], folder)
    uri = c.open('README.md')
    c.at('hover', uri, 7, 3)
    c.end()

Notifications that come while an answer is waited for are in c.notes.
"""
import json
import os
import re
import subprocess

ALL = {'general': {'positionEncodings': ['utf-16']},
       'textDocument': {'codeAction': {'codeActionLiteralSupport': {}},
                        'documentSymbol': {'hierarchicalDocumentSymbolSupport': True},
                        'hover': {'contentFormat': ['markdown']}},
       'workspace': {'workspaceEdit': {'documentChanges': True}}}


class Client:
    def __init__(self, command, folder, capabilities=ALL, options=None):
        self.folder = os.path.realpath(folder)
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.sent, self.notes = 0, []
        self.server = self.request('initialize', {
            'processId': None, 'rootUri': 'file://' + self.folder,
            'capabilities': capabilities, 'initializationOptions': options})
        self.notify('initialized', {})

    def send(self, message):
        body = json.dumps({'jsonrpc': '2.0', **message}, ensure_ascii=False).encode()
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = None
        while line := self.process.stdout.readline().strip():
            name, value = line.split(b':')
            length = int(value) if name == b'Content-Length' else length
        if length is None:
            raise EOFError('the server has ended')
        return json.loads(self.process.stdout.read(length))

    def notify(self, method, params):
        self.send({'method': method, 'params': params})

    def request(self, method, params):
        self.sent += 1
        self.send({'id': self.sent, 'method': method, 'params': params})
        while True:
            m = self.receive()
            if 'method' not in m and m['id'] == self.sent:
                return m['result'] if 'result' in m else m['error']
            self.notes.append(m)

    def note(self, method):
        """The next notification of a method, waited for."""
        while True:
            for i, m in enumerate(self.notes):
                if m.get('method') == method:
                    return self.notes.pop(i)['params']
            self.notes.append(self.receive())

    def uri(self, name):
        return 'file://' + os.path.join(self.folder, name)

    def open(self, name, text=None, uri=None, version=1):
        uri = uri or self.uri(name)
        if text is None:
            with open(os.path.join(self.folder, name), newline='', encoding='utf-8-sig') as f:
                text = f.read()
        self.notify('textDocument/didOpen', {'textDocument': {
            'uri': uri, 'languageId': 'markdown', 'version': version, 'text': text}})
        return uri

    def change(self, uri, version, changes):
        self.notify('textDocument/didChange', {
            'textDocument': {'uri': uri, 'version': version}, 'contentChanges': changes})

    def of(self, method, uri, **more):
        return self.request('textDocument/' + method, {'textDocument': {'uri': uri}, **more})

    def at(self, method, uri, line, character, **more):
        return self.of(method, uri, position={'line': line, 'character': character}, **more)

    def end(self):
        self.request('shutdown', None)
        self.notify('exit', None)
        self.process.stdin.close()
        return self.process.wait()


def lines_of(text):
    """Where lines begin, for an editor: after LF, CR LF and a lone CR."""
    return [0] + [m.end() for m in re.finditer('\r\n|\r|\n', text)]


def units(text):
    return len(text.encode('utf-16-le', 'surrogatepass')) // 2


def offset(text, position, starts=None):
    """The character of text that a position in UTF-16 units is before."""
    starts = starts or lines_of(text)
    if position['line'] >= len(starts):
        return len(text)
    at, left = starts[position['line']], position['character']
    while at < len(text) and text[at] not in '\r\n' and left >= units(text[at]):
        left -= units(text[at])
        at += 1
    return at


def position(text, at):
    starts = lines_of(text)
    line = max(i for i, s in enumerate(starts) if s <= at)
    return {'line': line, 'character': units(text[starts[line]:at])}


def applied(text, edits):
    """Text with edits of one document made, as an editor makes them."""
    starts = lines_of(text)
    spans = sorted((offset(text, e['range']['start'], starts), offset(text, e['range']['end'], starts),
                    e['newText']) for e in edits)
    out, at = [], 0
    for start, end, new in spans:
        out += [text[at:start], new]
        at = end
    return ''.join(out) + text[at:]
