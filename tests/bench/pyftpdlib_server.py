"""pyftpdlib, tuned: asynchronous, no log, no limits, no timers. Run as a program: PORT ROOT USER PASSWORD"""

from __future__ import annotations

import logging
import sys
import warnings

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

PERMISSIONS = "elradfmwMT"


def main(port: int, root: str, user: str, password: str) -> None:
    """Serves `root` to anonymous and to one account, until it is ended."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    authorizer = DummyAuthorizer()
    authorizer.add_anonymous(root, perm=PERMISSIONS)
    authorizer.add_user(user, password, root, perm=PERMISSIONS)
    handler = FTPHandler
    handler.authorizer = authorizer
    handler.timeout = 0
    server = FTPServer(("127.0.0.1", port), handler, backlog=4096)
    server.max_cons = 0
    server.max_cons_per_ip = 0
    server.serve_forever(handle_exit=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:5])
