#!/usr/bin/env bash
# One would expect: an RFC 2217 server answers each command with the value that is in force, so a
# client may wait for all answers, and an answer to SET-BAUDRATE means that the device has that rate.
# What happens: Debian's ser2net confirms whatever rate is asked for (3 999 999 bit/s on a pseudo-terminal); to DTR and RTS
# of a device that has no such lines, and to 1.5 stop bits, it says nothing at all. The connection goes on.
# Seen with ser2net 4.3.11-1 of Debian 12.
# Why it matters here: a client that waits for every answer hangs, so each wait has a limit, and what is not confirmed is
# an error that names the setting.
set -euo pipefail
export PATH="$PATH:/usr/sbin"
missing=()
command -v ser2net >/dev/null || missing+=(ser2net)
command -v socat >/dev/null || missing+=(socat)
command -v python3 >/dev/null || missing+=(python3)
if [ ${#missing[@]} -gt 0 ]; then apt-get install -y -q --no-install-recommends "${missing[@]}"; fi
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
socat "PTY,raw,echo=0,link=$folder/device" "PTY,raw,echo=0,link=$folder/far" &
cat > "$folder/conf.yaml" <<YAML
connection: &one
  accepter: telnet(rfc2217),tcp,127.0.0.1,$port
  connector: serialdev,$folder/device,115200n81,local
YAML
until [ -e "$folder/device" ]; do sleep 0.05; done
ser2net -n -u -c "$folder/conf.yaml" -P "$folder/pid" 2>/dev/null &
ser2net -v
python3 - "$port" <<'PY'
import socket, sys, time

for _ in range(100):
    try:
        line = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        break
    except OSError:
        time.sleep(0.05)

def heard(seconds=1.0):
    line.settimeout(seconds)
    data = b''
    try:
        while True:
            data += line.recv(4096)
    except socket.timeout:
        return data

heard()
line.send(b'\xff\xfb\x2c')  # IAC WILL COM-PORT-OPTION
heard()
expected = {
    'SET-BAUDRATE 9600': (b'\x01\x00\x00\x25\x80', b'\xff\xfa\x2c\x65\x00\x00\x25\x80\xff\xf0'),
    'SET-BAUDRATE 3999999': (b'\x01\x00\x3d\x08\xff\xff', b'\xff\xfa\x2c\x65\x00\x3d\x08\xff\xff\xff\xf0'),
    'SET-STOPSIZE 1': (b'\x04\x01', b'\xff\xfa\x2c\x68\x01\xff\xf0'),
    'SET-STOPSIZE 1.5': (b'\x04\x03', b''),
    'SET-CONTROL DTR off': (b'\x05\x09', b''),
    'SET-CONTROL RTS off': (b'\x05\x0c', b''),
    'SET-DATASIZE 8': (b'\x02\x08', b'\xff\xfa\x2c\x66\x08\xff\xf0'),
}
same = True
for name, (command, answer) in expected.items():
    line.send(b'\xff\xfa\x2c' + command + b'\xff\xf0')
    got = heard()
    print(f'{name:22} {got.hex(" ") or "no answer"}')
    same = same and got == answer
if not same:
    print('this differs from what was reported')
sys.exit(0 if same else 1)
PY
