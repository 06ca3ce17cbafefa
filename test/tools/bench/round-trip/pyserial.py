"""AT+CSQ with pyserial and read_until: pyserial.py <path> <count>. Prints {"times": [µs], "cpu": µs} as JSON."""
import json
import os
import sys
import time

import serial

path, count = sys.argv[1], int(sys.argv[2])
port = serial.Serial(path, 115200, timeout=5)


def once():
    port.write(b"AT+CSQ\r\n")
    if not port.read_until(b"OK\r\n").endswith(b"OK\r\n"):
        raise SystemExit("no answer")


for _ in range(count // 5):
    once()
times = []
before = os.times()
for _ in range(count):
    start = time.perf_counter()
    once()
    times.append((time.perf_counter() - start) * 1e6)
after = os.times()
cpu = (after.user - before.user + after.system - before.system) * 1e6
print(json.dumps({"times": times, "cpu": cpu}))
