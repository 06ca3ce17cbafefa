"""An MQTT client on Paho Python: commands on stdin, events on stdout, one JSON object per line."""

import json
import sys

import paho.mqtt.client as mqtt

options = json.loads(sys.argv[1])
waiting = {}


def say(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def on_connect(client, userdata, flags, rc):
    say(event="connected", rc=rc)


def on_message(client, userdata, message):
    say(
        event="message",
        topic=message.topic,
        payload=message.payload.hex(),
        qos=message.qos,
        retain=bool(message.retain),
    )


def on_subscribe(client, userdata, mid, granted):
    say(event="subscribed", granted=list(granted))


arguments = dict(
    client_id=options["clientId"],
    clean_session=options["clean"],
    protocol=mqtt.MQTTv31 if options["protocolVersion"] == 3 else mqtt.MQTTv311,
)
# Paho 2 asks which callbacks are meant.
if hasattr(mqtt, "CallbackAPIVersion"):
    arguments["callback_api_version"] = mqtt.CallbackAPIVersion.VERSION1
client = mqtt.Client(**arguments)
client.on_connect = on_connect
client.on_message = on_message
client.on_subscribe = on_subscribe
login = options.get("login")
if login:
    client.username_pw_set(login["username"], login["password"])
will = options.get("will")
if will:
    client.will_set(will["topic"], bytes.fromhex(will["payload"]), will["qos"], will["retain"])
client.connect(options["host"], options["port"])
client.loop_start()

for line in sys.stdin:
    command = json.loads(line)
    if command["do"] == "subscribe":
        client.subscribe([(f["topic"], f["qos"]) for f in command["filters"]])
    elif command["do"] == "publish":
        # In portions, as Mosquitto ends a connection with too many of QoS 2 in flight.
        messages = command["messages"]
        for start in range(0, len(messages), 20):
            infos = [
                client.publish(m["topic"], bytes.fromhex(m["payload"]), m["qos"], m["retain"])
                for m in messages[start : start + 20]
            ]
            for info in infos:
                info.wait_for_publish()
        say(event="published")
    elif command["do"] == "end":
        break
client.disconnect()
client.loop_stop()
