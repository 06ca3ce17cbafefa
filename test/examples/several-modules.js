// node several-modules.js <broker> <folder> <port>…
import { setTimeout as after } from 'node:timers/promises';
import { connect, openModem } from 'atmqtt';

const [broker, folder, ...ports] = process.argv.slice(2);

/** Serves one module until its client gives up. */
async function serve(port) {
  const modem = await openModem(port);
  try {
    const { imei } = await modem.identity();
    const client = await connect(modem, {
      broker,
      clientId: imei,
      clean: false,
      outbox: { file: `${folder}/${imei}.db` },
    });
    client.on('recovery', ({ sentence }) => console.error(`${port}: ${sentence}`));
    client.on('message', () => {
      modem
        .signal()
        .then((signal) => client.publish(`up/${imei}/signal`, JSON.stringify(signal), { qos: 1 }).accepted)
        .catch((error) => console.error(`${port}: ${error.message}`));
    });
    await client.subscribe(`cmd/${imei}/signal`, { qos: 1 });
    console.log(`${port}: ${imei} is up`);
    await new Promise((resolve) => client.once('end', resolve));
  } finally {
    await modem.close();
  }
}

// Each on its own: one that is missing or broken disturbs no other.
for (const port of ports) void keep(port);

async function keep(port) {
  for (;;) {
    await serve(port).catch((error) => console.error(`${port}: ${error.message}`));
    await after(30_000);
  }
}
