"""A bare repository behind a real transport, on loopback: by path, http, git daemon or ssh."""
import contextlib
import getpass
import http.server
import itertools
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse


class Backend(http.server.BaseHTTPRequestHandler):
    """git http-backend, a process a request."""
    protocol_version = "HTTP/1.1"
    root = ""
    dies = 0  # every so many answers end in the middle, what was asked being done
    answers = itertools.count(1)

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve(b"")

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.serve(body)

    def serve(self, body):
        url = urllib.parse.urlsplit(self.path)
        env = dict(os.environ, GIT_PROJECT_ROOT=self.root, GIT_HTTP_EXPORT_ALL="1", PATH_INFO=url.path,
                   QUERY_STRING=url.query, REQUEST_METHOD=self.command, REMOTE_USER="ada", REMOTE_ADDR="127.0.0.1",
                   CONTENT_TYPE=self.headers.get("Content-Type", ""), CONTENT_LENGTH=str(len(body)))
        for header, name in (("Content-Encoding", "HTTP_CONTENT_ENCODING"), ("Git-Protocol", "GIT_PROTOCOL")):
            if header in self.headers:
                env[name] = self.headers[header]
        out = subprocess.run(["git", "http-backend"], env=env, input=body, capture_output=True).stdout
        head, _, rest = out.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if ": " in line]
        status = next((v for k, v in fields if k == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for key, value in fields:
            if key != "Status":
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        if self.dies and next(self.answers) % self.dies == 0:
            rest, self.close_connection = rest[:len(rest) // 2], True
        self.wfile.write(rest)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port}")


@contextlib.contextmanager
def daemon(root):
    port = free_port()
    child = subprocess.Popen(["git", "daemon", "--listen=127.0.0.1", f"--port={port}", "--export-all", "--reuseaddr",
                              "--enable=receive-pack", f"--base-path={root}", root], stderr=subprocess.DEVNULL,
                             start_new_session=True)
    try:
        wait_for(port)
        yield f"git://127.0.0.1:{port}/"
    finally:
        os.killpg(child.pid, 15)
        child.wait()


@contextlib.contextmanager
def web(root):
    handler = type("Handler", (Backend,), {"root": root})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


@contextlib.contextmanager
def ssh(root):
    sshd = shutil.which("sshd") or "/usr/sbin/sshd"
    port, folder = free_port(), os.path.join(os.environ["HOME"], "ssh")
    os.makedirs(folder, 0o700)
    for key in ("host", "own"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{key}"], check=True)
    shutil.copy(f"{folder}/own.pub", f"{folder}/keys")
    with open(f"{folder}/config", "w") as f:
        f.write(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/keys\n"
                "StrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\nMaxStartups 100\n")
    os.makedirs("/run/sshd", exist_ok=True)
    child = subprocess.Popen([sshd, "-D", "-e", "-f", f"{folder}/config"], stderr=subprocess.DEVNULL)
    os.environ["GIT_SSH_COMMAND"] = (f"ssh -q -i {folder}/own -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
                                     "-o BatchMode=yes")
    try:
        wait_for(port)
        yield f"ssh://{getpass.getuser()}@127.0.0.1:{port}{root}/"
    finally:
        child.terminate()
        child.wait()
        del os.environ["GIT_SSH_COMMAND"]


@contextlib.contextmanager
def path(root):
    yield f"{root}/"


KINDS = {"path": path, "http": web, "daemon": daemon, "ssh": ssh}


def has(kind):
    return kind != "ssh" or bool(shutil.which("sshd") or os.path.exists("/usr/sbin/sshd"))
