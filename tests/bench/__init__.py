"""Benchmarks: the reference server beside the servers that people run. `python3 -m tests.bench --help`"""
