#!/usr/bin/env bash
# One would expect: ModemManager without udev (`--test-no-udev`) takes any serial device that a kernel event names, a
# pseudo-terminal too, as `name=pts/3` is what stands below /dev.
# What happens: it looks for the device below /sys/class/tty, where pseudo-terminals are not, and says that it is not found.
# The interface of its own tests (`--test-enable`, method SetProfile), which Debian's build has, takes the path of a Unix
# socket as a port, and sends AT commands there. mmcli has no option for a bus: it follows DBUS_SYSTEM_BUS_ADDRESS.
# Seen with ModemManager 1.20.4-1 of Debian 12.
# Why it matters here: the simulated module is tested with ModemManager, in a container without udev and without rights on
# the bus of the system.
set -euo pipefail
missing=()
[ -x /usr/sbin/ModemManager ] || missing+=(modemmanager)
command -v dbus-daemon >/dev/null || missing+=(dbus-daemon)
command -v dbus-send >/dev/null || missing+=(dbus-bin)
command -v socat >/dev/null || missing+=(socat)
if [ ${#missing[@]} -gt 0 ]; then
  # No service is to start.
  policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod +x "$policy"; fi
  apt-get install -y -q --no-install-recommends "${missing[@]}" || { [ -z "$policy" ] || rm -f "$policy"; exit 1; }
  [ -z "$policy" ] || rm -f "$policy"
fi
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$folder"' EXIT

cat > "$folder/bus.conf" <<XML
<busconfig><listen>unix:path=$folder/bus</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
XML
dbus-daemon --config-file="$folder/bus.conf" --nofork 2>/dev/null &
export DBUS_SESSION_BUS_ADDRESS="unix:path=$folder/bus" DBUS_SYSTEM_BUS_ADDRESS="unix:path=$folder/bus"
socat PTY,raw,echo=0,link="$folder/device" PTY,raw,echo=0,link="$folder/far" &
socat -u UNIX-LISTEN:"$folder/socket" OPEN:"$folder/heard",creat &
until [ -e "$folder/bus" ] && [ -e "$folder/device" ] && [ -e "$folder/socket" ]; do sleep 0.05; done
device=$(readlink -f "$folder/device")
echo "action=add,subsystem=tty,name=${device#/dev/}" > "$folder/events"
/usr/sbin/ModemManager --test-session --test-no-udev --test-no-qrtr --test-no-suspend-resume --test-enable \
  --no-auto-scan --initial-kernel-events="$folder/events" --debug > "$folder/log" 2>&1 &
for _ in $(seq 200); do mmcli -B > "$folder/version" 2>/dev/null && break; sleep 0.05; done
cat "$folder/version"

name=org.freedesktop.ModemManager1
dbus-send --session --print-reply --dest=$name /org/freedesktop/ModemManager1 $name.Test.SetProfile \
  string:finding string:generic array:string:"$folder/socket" > /dev/null
for _ in $(seq 100); do grep -q AT "$folder/heard" 2>/dev/null && break; sleep 0.05; done

echo 'a pseudo-terminal, by a kernel event:'
refusal=$(grep -o "couldn't process line .* not found" "$folder/log" || true)
echo "  ${refusal:-no complaint}"
echo 'a Unix socket, by SetProfile:'
heard=$(tr '\r' '\n' < "$folder/heard" | head -1)
echo "  heard: ${heard:-nothing}"
case $refusal in *"device tty/pts/"*"not found") ;; *) exit 1 ;; esac
case $heard in AT*) ;; *) exit 1 ;; esac
