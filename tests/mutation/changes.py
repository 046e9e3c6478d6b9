"""The small changes that can be made to a C file: a comparison, a constant, a dropped statement."""
import re

TOKEN = re.compile(r'''(?P<skip>//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|->)
    |(?P<char>'(?:\\.|[^'\\])')
    |(?P<word>[A-Za-z_]\w*)
    |(?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+(?:\.\d+)?[uUlL]*)
    |(?P<op><<=?|>>=?|<=|>=|==|!=|&&|\|\||<|>)''', re.X | re.S)
OTHERS = {'<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'],
          '==': ['!='], '!=': ['=='], '&&': ['||'], '||': ['&&']}
STATEMENT = re.compile(r'(?<=[;{}):e])\n(\t+)(?!case\b|default\b|if\b|for\b|while\b|do\b|else\b|switch\b)'
                       r'([A-Za-z_*(][^;{}]*;)(?=[^\n]*\n)')
DECLARES = re.compile(r'(?:const|static|struct|enum|union|unsigned)\b'
                      r'|(?!return|goto)[A-Za-z_]\w*\s+\**[A-Za-z_]\w*\s*(?:[=;,\[]|$)')


# Bodies of functions, which begin with '{' at the start of a line.
def bodies(text):
    return [m.span() for m in re.finditer(r'^[a-z_]\w*\([^;]*?\)\n\{\n.*?^\}', text, re.M | re.S)]


# What to write instead of a token.
def instead_of(m, text):
    token = m.group()
    if m.group('op'):
        return OTHERS.get(token, [])
    if token in ('true', 'false'):
        return ['false' if token == 'true' else 'true']
    if m.group('number') and '.' not in token and text[m.start() - 1:m.end() + 1] != '{0}':
        digits = re.match(r'0[xX][0-9a-fA-F]+|\d+', token).group()
        n = int(digits, 16 if digits[:2] in ('0x', '0X') else 10)
        return [str(other) + token[len(digits):] for other in sorted({n + 1, abs(n - 1)})]
    if m.group('char') and len(token) == 3:
        return ["'%c'" % (ord(token[1]) ^ 1) if token[1] not in "&]&'" else "'#'"]
    return []


# All changes of a file: (at, end, instead).
def changes(text):
    out = []
    for begin, end in bodies(text):
        begin = text.index('\n{\n', begin)
        for m in TOKEN.finditer(text, begin, end):
            out += [(m.start(), m.end(), other) for other in instead_of(m, text)]
        for m in STATEMENT.finditer(text, begin, end):
            returns = 'return' in m.group(2)[:6 * (len(m.group(1)) < 2)]
            if not DECLARES.match(m.group(2)) and not returns:
                out.append((m.start(2), m.end(2), ';'))
    return out


# The lines that a change touches, before and after it, white space folded.
def around(text, change):
    at, end, instead = change
    begin, stop = text.rfind('\n', 0, at) + 1, text.find('\n', end)
    return (' '.join(text[begin:stop].split()),
            ' '.join((text[begin:at] + instead + text[end:stop]).split()))


# Changes as tests/mutants.txt lists them and tests/mutate prints them: (file, line or 0, before,
# after).
def listed(path):
    out, name, number, before = [], '', 0, ''
    with open(path, encoding='utf-8') as f:
        for line in f:
            at = re.match(r'SURVIVED .*: lib/[\w/]*\.c:(\d+)$', line)
            if at:
                number = int(at.group(1))
            elif line.startswith('lib/'):
                name = line.strip()
            elif line.startswith('- '):
                before = line[2:].strip()
            elif line.startswith('+ '):
                out.append((name, number, before, line[2:].strip()))
    return out
