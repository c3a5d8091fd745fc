#!/usr/bin/python3
"""Serve OpenStack Swift with its S3 interface from one process.

Called by `swift up` as: swift-serve.py DIR, with the configuration in DIR/etc. The proxy and the
account, container and object servers listen on free ports of 127.0.0.1; once they do, the proxy's
port is in DIR/port. What Swift keeps in memcached is kept in a dictionary here.
"""

import os
import sys
import time

import eventlet
import eventlet.wsgi

from swift.common import utils, wsgi
from swift.common.ring import RingBuilder


class Cache:
    """The part of Swift's memcached client that the proxy calls."""

    def __init__(self):
        self.store = {}

    def get(self, key, raise_on_error=False):
        value, until = self.store.get(key, (None, 0))
        if until and until < time.time():
            del self.store[key]
            return None
        return value

    def set(self, key, value, serialize=True, time=0, min_compress_len=0, raise_on_error=False):
        self.store[key] = (value, _until(time))

    def incr(self, key, delta=1, time=0):
        value = max(0, int(self.get(key) or 0) + int(delta))
        self.store[key] = (value, _until(time))
        return value

    def decr(self, key, delta=1, time=0):
        return self.incr(key, -int(delta), time)

    def delete(self, key, server_key=None):
        self.store.pop(key, None)

    def set_multi(self, mapping, server_key, serialize=True, time=0, min_compress_len=0):
        for key, value in mapping.items():
            self.set(key, value, time=time)

    def get_multi(self, keys, server_key):
        return [self.get(key) for key in keys]


def _until(seconds):
    return time.time() + seconds if seconds else 0


def make_ring(path, port):
    """One replica on the only device of the only server of its kind."""
    builder = RingBuilder(1, 1, 0)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port,
                     "device": "d1", "weight": 1})
    builder.rebalance()
    builder.get_ring().save(path)


def check_file_system(path):
    """Swift keeps an object's metadata in extended attributes of its file."""
    try:
        os.setxattr(path, "user.swift.test", b"x")
    except OSError as error:
        sys.exit("%s: Swift needs a file system with extended attributes, such as ext4, or "
                 "tmpfs from Linux 6.6 on (%s)" % (path, error.strerror))


def main():
    root = sys.argv[1]
    etc = os.path.join(root, "etc")
    check_file_system(os.path.join(root, "srv"))
    os.environ["TZ"] = "UTC+0"
    time.tzset()
    eventlet.hubs.use_hub(utils.get_hub())
    utils.eventlet_monkey_patch()
    eventlet.debug.hub_exceptions(False)
    utils.set_swift_dir(etc)
    utils.validate_hash_conf()
    names = ("proxy", "account", "container", "object")
    sockets = {name: eventlet.listen(("127.0.0.1", 0), backlog=256) for name in names}
    ports = {name: sockets[name].getsockname()[1] for name in names}
    for name in names[1:]:
        make_ring(os.path.join(etc, name + ".ring.gz"), ports[name])
    cache = Cache()
    servers = []
    for name in names:
        app = wsgi.loadapp(os.path.join(etc, name + "-server.conf"), global_conf={"log_name": name})
        if name == "proxy":
            def app(env, start_response, inner=app):
                env["swift.cache"] = cache
                return inner(env, start_response)
        # no capitals: S3 clients look for ETag, not Etag
        servers.append(eventlet.spawn(
            eventlet.wsgi.server, sockets[name], app, utils.NullLogger(),
            protocol=wsgi.SwiftHttpProtocol, capitalize_response_headers=False))
    with open(os.path.join(root, "port.new"), "w") as file:
        file.write("%d\n" % ports["proxy"])
    os.rename(os.path.join(root, "port.new"), os.path.join(root, "port"))
    for server in servers:
        server.wait()


if __name__ == "__main__":
    main()
