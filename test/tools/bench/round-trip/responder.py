"""Answers every command line as a module answers AT+CSQ: `pty`, `pty echo` or `tcp`. Prints the path or the port."""
import os
import socket
import sys
import tty

ANSWER = b"\r\n+CSQ: 27,99\r\n\r\nOK\r\n"

echo = "echo" in sys.argv
if sys.argv[1] == "tcp":
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    line, _ = server.accept()
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end = line.fileno()
else:
    # The device is kept open here, so that it survives its user.
    end, device = os.openpty()
    tty.setraw(device)
    print(os.ttyname(device), flush=True)

while chunk := os.read(end, 4096):
    lines = chunk.count(b"\r")
    os.write(end, (chunk if echo else b"") + ANSWER * lines)
