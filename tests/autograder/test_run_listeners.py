"""Listening ports, by netlink and by /proc: both see the same sockets."""

from __future__ import annotations

import os
import socket
import unittest

from autograder.run import listeners as module
from autograder.run import proc_fs
from autograder.run.listeners import listeners


class Listeners(unittest.TestCase):
    def test_both_ways_find_the_socket_and_its_inode(self) -> None:
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with self.subTest(host=host), socket.socket(family) as listener:
                listener.bind((host, 0))
                port = listener.getsockname()[1]
                self.assertNotIn(port, [found for found, _ in listeners()])
                listener.listen()
                inode = str(os.fstat(listener.fileno()).st_ino)
                self.assertIn((port, inode), listeners())
                table = "tcp" if family == socket.AF_INET else "tcp6"
                self.assertIn((port, inode), list(module._by_proc(table)))
                self.assertIn(port, proc_fs.listening_ports(os.getpid()))
                listener.close()
                self.assertNotIn(port, [found for found, _ in listeners()])

    def test_many_are_all_found(self) -> None:
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(300)]
        for listener in sockets:
            self.addCleanup(listener.close)
        ports = {listener.getsockname()[1] for listener in sockets}
        self.assertLessEqual(ports, {port for port, _ in listeners()})


if __name__ == "__main__":
    unittest.main()
