"""The instructions of statements, counted by callgrind in single-user servers."""

import os
import re
import shutil
import subprocess

# Its call ends each statement: callgrind writes what it has counted and starts again.
MARKER = 'SELECT s3sign_version()\n'
AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] if os.getuid() == 0 else []


class Server:
    """A server of its own data directory, which runs statements one by one until it is waited for."""

    def __init__(self, postgres, data, folder, statements):
        os.mkdir(folder)
        os.chmod(folder, 0o1777)
        self.folder, self.count = folder, len(statements)
        with open(folder + '/script', 'w') as script:
            script.write(MARKER + ''.join(s.replace('\n', ' ') + '\n' + MARKER for s in statements))
        with open(folder + '/script') as script, open(folder + '/said', 'w') as said:
            self.process = subprocess.Popen(
                AS_POSTGRES + ['valgrind', '-q', '--tool=callgrind', '--dump-line=no',
                               '--dump-before=s3sign_version', f'--callgrind-out-file={folder}/out',
                               postgres, '--single', '-D', data, '-c', 'exit_on_error=off', 'postgres'],
                stdin=script, stdout=said, stderr=said)

    def wait(self):
        """The instructions of each statement."""
        status = self.process.wait()
        dumps = [f'{self.folder}/out.{i}' for i in range(1, self.count + 2)]
        if status != 0 or not os.path.exists(dumps[-1]):
            with open(self.folder + '/said') as said:
                raise RuntimeError(f'callgrind ended with status {status}\n{said.read()[-500:]}')
        return [self.total(dump) for dump in dumps[1:]]

    # https://valgrind.org/docs/manual/cl-format.html
    @staticmethod
    def total(path):
        with open(path) as file:
            return int(re.search(r'^(?:totals|summary): (\d+)', file.read(), re.M)[1])


def measure(postgres, data, scratch, statements):
    """In two servers at once: `data` is of a server that has ended, and is copied."""
    copies = [f'{scratch}/data-{i}' for i in range(2)]
    for copy in copies:
        subprocess.run(['cp', '-a', data, copy], check=True)
    servers = [Server(postgres, copy, f'{scratch}/counted-{i}', statements[i::2]) for i, copy in enumerate(copies)]
    counted = [0] * len(statements)
    for i, server in enumerate(servers):
        counted[i::2] = server.wait()
    for copy in copies:
        shutil.rmtree(copy)
    return counted
