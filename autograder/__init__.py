"""The autograder of "FTP from an echo socket": conformance scenarios against student binaries."""
