"""Runs of contrib/s3sign-credentials in a scratch folder, with an environment of their own."""

import json
import os
import pathlib
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = TOP / "contrib" / "s3sign-credentials"
OLD = '{"AccessKeyId": "AKIAOLD", "SecretAccessKey": "old"}\n'


class Run:
    def __init__(self, status, out, said):
        self.status = status
        self.out = out
        self.said = said

    def __str__(self):
        return "status %s\n%s%s" % (self.status, self.out, self.said)


class Helper:
    """The helper under one shell. Its credentials file is .path, in the folder .folder."""

    def __init__(self, shell):
        self.shell = shell
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ["SCRATCH"]))
        self.path = self.folder / "credentials"
        self.programs = pathlib.Path(tempfile.mkdtemp(dir=os.environ["SCRATCH"]))

    def program(self, name, text):
        """An executable that comes first in the PATH of the runs."""
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def environment(self, variables):
        return {"PATH": "%s:/usr/local/bin:/usr/bin:/bin" % self.programs,
                "HOME": str(self.folder), **variables}

    def start(self, *arguments, variables=None, **options):
        return subprocess.Popen(
            [*self.shell, str(SCRIPT), "--output", str(self.path), *arguments],
            env=self.environment(variables or {}), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, cwd=self.folder, **options)

    @staticmethod
    def finish(process):
        out, said = process.communicate(timeout=60)
        return Run(process.returncode, out, said)

    def run(self, *arguments, variables=None):
        return self.finish(self.start(*arguments, variables=variables))

    def fresh(self, *arguments, variables=None):
        """A run after which the file is there only if this run wrote it."""
        self.path.unlink(missing_ok=True)
        return self.run(*arguments, variables=variables)

    def over_old(self, *arguments, variables=None):
        """A run over the file OLD."""
        self.path.write_text(OLD)
        return self.run(*arguments, variables=variables)

    def written(self):
        """The file's object; None where there is no file."""
        return json.loads(self.path.read_text()) if self.path.exists() else None

    def left(self):
        """The names in the folder, the file's own apart."""
        return sorted(p.name for p in self.folder.iterdir() if p != self.path)
