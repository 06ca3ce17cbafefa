import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { connect, nextMessage, useFixture } from './fixture.js';
import { line, OK, RawTe } from './raw-te.js';

const fixture = useFixture();

const OPENED = OK + line('+LMQTTOPEN: 0,0');

describe('LMQTTOPEN', () => {
  test('without a bridge uses the host and port that it names', async () => {
    const { port } = await fixture().broker();
    const modem = await SimulatedModem.start({ echo: false });
    fixture().later(() => modem.close());
    const te = await RawTe.open(modem.url);
    await te.ask(`AT+LMQTTOPEN=0,"127.0.0.1",${port}`, OPENED);
    await te.ask('AT+LMQTTCONN=0,"id"', OK + line('+LMQTTCONN: 0,0,0'));
  });

  test('fails with 5 where nobody listens', async () => {
    const broker = await fixture().broker();
    const { te } = await fixture().module();
    await broker.close();
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OK + line('+LMQTTOPEN: 0,-1,5'));
  });

  test('fails with 4 for a name that cannot exist', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTOPEN=0,"broker.invalid",1883', OK + line('+LMQTTOPEN: 0,-1,4'));
  });

  test('fails with 3 without registration', async () => {
    const { te } = await fixture().module({ network: { registration: 2 } });
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OK + line('+LMQTTOPEN: 0,-1,3'));
  });

  test('fails with 2 when it is open, and until LMQTTCLOSE after a loss', async () => {
    const { modem, te } = await fixture().module();
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OK + line('+LMQTTOPEN: 0,-1,2'));
    modem.dropBroker();
    await te.expect(line('+LMQTTURC: STATS,0,1'));
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OK + line('+LMQTTOPEN: 0,-1,2'));
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
  });

  test('can be given up by LMQTTCLOSE', async () => {
    const { te } = await fixture().module();
    te.write('AT+LMQTTOPEN=0,"mqtt.example.net",1883\r\nAT+LMQTTCLOSE=0\r\n');
    await te.expect(OK + OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
  });
});

describe('LMQTTCONN', () => {
  test('sends what the settings say', async () => {
    const { aedes } = await fixture().broker();
    const packets: unknown[] = [];
    aedes.preConnect = (_client, packet, callback) => {
      packets.push(packet);
      callback(null, true);
    };
    const { te } = await fixture().module();
    for (const setting of [
      '"keepalive",0,77',
      '"session",0,0',
      '"version",0,3',
      '"will",0,1,1,1,"w/7","off"',
    ]) {
      await te.ask(`AT+LMQTTCFG=${setting}`, OK);
    }
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
    await te.ask('AT+LMQTTCONN=0,"meter-7","user","s3cret"', OK + line('+LMQTTCONN: 0,0,0'));
    expect(packets).toMatchObject([
      {
        protocolId: 'MQIsdp',
        protocolVersion: 3,
        clean: false,
        clientId: 'meter-7',
        keepalive: 77,
        username: 'user',
        password: Buffer.from('s3cret'),
        will: { topic: 'w/7', payload: Buffer.from('off'), qos: 1, retain: true },
      },
    ]);
  });

  test('is MQTT 3.1.1, kept session, keepalive 120 without settings', async () => {
    const { aedes } = await fixture().broker();
    const packets: unknown[] = [];
    aedes.preConnect = (_client, packet, callback) => {
      packets.push(packet);
      callback(null, true);
    };
    const { te } = await fixture().module();
    await connect(te);
    expect(packets).toMatchObject([{ protocolId: 'MQTT', protocolVersion: 4, clean: false, keepalive: 120 }]);
  });

  test('is refused unless the connection is open, and once it is connected', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTCONN=0,"id"', line('+CME ERROR: 3'));
    await connect(te);
    await te.ask('AT+LMQTTCONN=0,"id"', line('+CME ERROR: 3'));
  });

  test('fails with 2,6 when the broker hangs up instead of answering', async () => {
    const { aedes } = await fixture().broker();
    aedes.preConnect = (client) => client.conn.destroy();
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
    await te.ask('AT+LMQTTCONN=0,"id"', OK + line('+LMQTTCONN: 0,2,6'));
  });

  test('tells its state', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,1') + OK);
    await connect(te);
    await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,3') + OK);
  });

  test('delivers what a kept session has stored, behind its result', async () => {
    const { te } = await fixture().connected({}, ['"session",0,0', '"recv/mode",0,0,1']);
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"cmd/#",1', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    await te.ask('AT+LMQTTDISC=0', OK + line('+LMQTTDISC: 0,0'));
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    const far = await fixture().farSide();
    await far.publishAsync('cmd/a', 'one', { qos: 1 });
    await far.publishAsync('cmd/b', 'two', { qos: 1 });
    await connect(te, ['"session",0,0', '"recv/mode",0,0,1']);
    await te.match(
      /^\r\n\+LMQTTURC: RECV,0,\d,"cmd\/a",3,one\r\n\r\n\+LMQTTURC: RECV,0,\d,"cmd\/b",3,two\r\n$/,
    );
  });
});

describe('the end of a session', () => {
  test('by the broker is told by STATS', async () => {
    const { modem, te } = await fixture().connected();
    const { aedes } = await fixture().broker();
    const disconnected = once(modem, 'disconnected');
    aedes.once('publish', (_packet, client) => client?.close());
    te.write('AT+LMQTTPUB=0,1,2,0,"t",1,"x"\r\n');
    await te.expect(OK);
    await te.match(/\r\n\+LMQTTURC: STATS,0,1\r\n$/);
    await disconnected;
    await te.ask('AT+LMQTTPUB=0,2,1,0,"t",1,"x"', line('+CME ERROR: 3'));
  });

  test('by the broker before LMQTTCONN as well', async () => {
    const broker = await fixture().broker();
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
    await broker.close();
    await te.expect(line('+LMQTTURC: STATS,0,1'));
  });

  test('by loss of the radio is told by STATS 11', async () => {
    const { modem, te } = await fixture().connected();
    modem.setNetwork({ registration: 2 });
    await te.expect(line('+LMQTTURC: STATS,0,11'));
  });

  test('by LMQTTDISC is none for the will', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('#');
    const { te } = await fixture().connected({}, ['"will",0,1,0,0,"w/7","off"']);
    await te.ask('AT+LMQTTDISC=0', OK + line('+LMQTTDISC: 0,0'));
    await te.ask('AT+LMQTTDISC=0', line('ERROR'));
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask('AT+LMQTTCLOSE=0', line('ERROR'));
    const next = nextMessage(far);
    await far.publishAsync('after', '');
    expect((await next).topic).toBe('after');
  });

  test('by a reboot is one for the will', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('#');
    const { modem, te } = await fixture().connected({}, ['"will",0,1,1,0,"w/7","off"']);
    const next = nextMessage(far);
    modem.reboot();
    expect(await next).toMatchObject({ topic: 'w/7', payload: Buffer.from('off') });
    await te.expect("^boot.rom'v\x80!\n");
    await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,1') + OK);
    await te.ask('AT+LMQTTCLOSE=0', line('ERROR'));
  });

  test('leaves publishes without a result', async () => {
    const { aedes } = await fixture().broker();
    aedes.authorizePublish = (client, _packet, callback) => {
      if (client === null) callback();
    };
    const { modem, te } = await fixture().connected();
    await te.ask('AT+LMQTTPUB=0,1,1,0,"t",1,"x"', OK);
    modem.dropBroker();
    await te.expect(line('+LMQTTURC: STATS,0,1'));
    await te.ask('AT', OK);
    expect(te.unread).toBe('');
  });
});

describe('settings', () => {
  test('die with LMQTTCLOSE and with a reboot', async () => {
    const { modem, te } = await fixture().module();
    await te.ask('AT+LMQTTCFG="keepalive",0,77', OK);
    await te.ask('AT+LMQTTCFG="keepalive",0', line('+LMQTTCFG: "keepalive",77') + OK);
    await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask('AT+LMQTTCFG="keepalive",0', line('+LMQTTCFG: "keepalive",120') + OK);
    await te.ask('AT+LMQTTCFG="keepalive",0,77', OK);
    modem.reboot();
    await te.expect("^boot.rom'v\x80!\n");
    await te.ask('AT+LMQTTCFG="keepalive",0', line('+LMQTTCFG: "keepalive",120') + OK);
  });

  test.each(['"will",0,0', '"session",0,1', '"keepalive",0,60', '"aliauth",0,"a","b","c"'])(
    '%s is refused behind LMQTTOPEN',
    async (setting) => {
      const { te } = await fixture().module();
      await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OPENED);
      await te.ask(`AT+LMQTTCFG=${setting}`, line('+CME ERROR: 3'));
      await te.ask('AT+LMQTTCFG="cache",0,0', OK);
    },
  );

  test('of another connection, or of no key, are refused', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTCFG="keepalive",1,60', line('ERROR'));
    await te.ask('AT+LMQTTCFG="colour",0,1', line('ERROR'));
    await te.ask('AT+LMQTTCFG="aliauth",0', line('ERROR'));
  });
});

test.each([
  'OPEN=1,"h",1',
  'CONN=1,"id"',
  'DISC=4',
  'CLOSE=1',
  'SUBUNSUB=1,0,1,"t",0',
  'PUB=1,1,0,0,"t",1,"x"',
  'READ=1,1',
])('connection ids other than 0 are refused: LMQTT%s', async (command) => {
  const { te } = await fixture().connected();
  await te.ask(`AT+LMQTT${command}`, line('ERROR'));
});
