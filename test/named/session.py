"""A psql that stays connected, and the URLs that explicit credentials give."""

import os
import queue
import re
import subprocess
import threading
import time

TIME = "2024-02-29T12:34:56Z"
ENDPOINT = "https://s3.eu-west-1.amazonaws.com"
# access key id, secret access key
A = ("AKIANAMEDKEYA", "secret/of+pair/A/0123456789abcdefghijklm")
B = ("AKIANAMEDKEYB", "secret/of+pair/B/zyxwvutsrqponmlkjihgfed")


def literal(text):
    return "'%s'" % text.replace("'", "''")


def options(**pairs):
    return ", ".join("%s %s" % (name, literal(value)) for name, value in pairs.items())


def key_pair(pair, change=""):
    """The options of a mapping; with `add ` or `set ` those of ALTER."""
    return "options (%saccess_key_id %s, %ssecret_access_key %s)" % (
        change, literal(pair[0]), change, literal(pair[1]))


class Session:
    """One backend. Commands end with a semicolon; several at once are several statements."""

    def __init__(self, database, role="postgres", port=None):
        self.marks = 0
        self.pipe = subprocess.Popen(
            ["psql", "-XqAt", "-v", "VERBOSITY=verbose", "-v", "SHOW_CONTEXT=always",
             "-d", database, "-U", role, "-p", port or os.environ["PGPORT"]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines = [queue.Queue(), queue.Queue()]
        for lines, stream in zip(self.lines, (self.pipe.stdout, self.pipe.stderr)):
            threading.Thread(target=self.collect, args=(stream, lines), daemon=True).start()
        self.pid = int(self.run("select pg_backend_pid();"))

    @staticmethod
    def collect(stream, lines):
        for line in stream:
            lines.put(line)
        lines.put(None)

    def start(self, command):
        self.marks += 1
        self.pipe.stdin.write("%s\n\\echo mark-%d\n\\warn mark-%d\n" % (
            command, self.marks, self.marks))
        self.pipe.stdin.flush()

    def finish(self):
        """What psql printed; what it complained of is in .errors."""
        texts = []
        for lines in self.lines:
            text = ""
            while (line := lines.get(timeout=60)) != "mark-%d\n" % self.marks:
                if line is None:
                    raise RuntimeError("psql has ended: " + text)
                text += line
            texts.append(text)
        self.errors = texts[1]
        return texts[0].removesuffix("\n")

    def run(self, command):
        self.start(command)
        return self.finish()

    def ask(self, command):
        """The result, or the SQLSTATE where there is an error."""
        result = self.run(command)
        error = re.search(r"^(?:psql:\S+ )?ERROR:  ([0-9A-Z]{5}):", self.errors, re.MULTILINE)
        return error[1] if error else result

    def must(self, command):
        result = self.run(command)
        if re.search(r"^(?:psql:\S+ )?(ERROR|FATAL):", self.errors, re.MULTILINE):
            raise RuntimeError(command + "\n" + self.errors)
        return result

    def close(self):
        self.pipe.stdin.close()
        self.pipe.wait()


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("waited in vain")
        time.sleep(0.01)


def explicit(session, pair=A, bucket="media", file="pub/a.txt", duration=60, endpoint=ENDPOINT,
             more=""):
    """The URL that s3sign_pre_get gives."""
    return session.must("select s3sign_pre_get(%s, %s, %s, %s, %s, %d, signed_at => '%s'%s);" % (
        literal(endpoint), literal(bucket), literal(pair[0]), literal(pair[1]), literal(file),
        duration, TIME, more))
