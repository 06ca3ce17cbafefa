import { describe, expect, test } from 'vitest';
import { delivered, useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

const PUBLISH = 'AT+LMQTTPUB=0,5,1,0,"t",1,"x"';
const SENT = OK + line('+LMQTTPUB: 0,5,0');

/** The chunks that a module sends for a command line. */
async function shapeOf(faults: readonly string[], seed = 1): Promise<string[]> {
  const { modem, te } = await fixture().module({ faults, seed });
  const chunks: string[] = [];
  te.onChunk = (chunk) => chunks.push(chunk);
  te.write('AT+CSQ\r\n');
  await te.match(/OK\r\n$/);
  await modem.close();
  return chunks;
}

describe('output', () => {
  test('split: single bytes', async () => {
    expect(await shapeOf(['split'])).toEqual([...line('+CSQ: 27,99'), ...OK]);
  });

  test('split=5: pieces of five', async () => {
    expect((await shapeOf(['split=5'])).map(({ length }) => length)).toEqual([5, 5, 5, 5, 1]);
  });

  test('garbage: bytes that no text holds, before each output, the same with the same seed', async () => {
    const first = (await shapeOf(['garbage'], 7)).join('');
    expect(first).toMatch(/^[\x00\x80-\xff]+\r\n\+CSQ: 27,99\r\n\r\nOK\r\n$/);
    expect((await shapeOf(['garbage'], 7)).join('')).toBe(first);
    expect((await shapeOf(['garbage'], 8)).join('')).not.toBe(first);
  });

  test('garbage and split together', async () => {
    const chunks = await shapeOf(['split=2', 'garbage'], 7);
    expect(chunks.slice(0, -1).every(({ length }) => length === 2)).toBe(true);
    expect(chunks.join('')).toBe((await shapeOf(['garbage'], 7)).join(''));
  });

  test('echo: ATE0 does nothing', async () => {
    const { te } = await fixture().module({ faults: ['echo'] });
    await te.ask('ATE0', `ATE0\r${OK}`);
    await te.ask('AT', `AT\r${OK}`);
  });

  test('chatter: a URC before each final result code', async () => {
    const { te } = await fixture().module({ faults: ['chatter'] });
    te.write('AT+CSQ\r\n');
    await te.match(/^\r\n\+CSQ: 27,99\r\n\r\n[+^][^\r\n]+\r\n\r\nOK\r\n$/);
  });
});

describe('answers', () => {
  test('silent: nothing is heard or said until it is over', async () => {
    const { modem, te } = await fixture().module();
    modem.faults.on('silent');
    te.write('AT+CSQ\r\n');
    await delivered();
    modem.emitLine('+CGEV: X');
    modem.faults.off('silent');
    await te.ask('AT', OK);
  });

  test('sleepy: the first line after a pause is lost', async () => {
    const { modem, te } = await fixture().module();
    await te.ask('AT', OK);
    modem.faults.on('sleepy=1');
    await new Promise((resolve) => setTimeout(resolve, 5));
    te.write('AT+CSQ\r\n');
    await delivered();
    modem.faults.off('sleepy');
    await te.ask('AT', OK);
  });

  test('late-ok: so many ms later', async () => {
    const { te } = await fixture().module({ faults: ['late-ok=40'] });
    const start = performance.now();
    await te.ask('AT', OK);
    expect(performance.now() - start).toBeGreaterThanOrEqual(39);
  });

  test('lost-ok: once, though the command is carried out', async () => {
    const { modem, te } = await fixture().connected();
    modem.faults.on('lost-ok');
    await te.ask(PUBLISH, line('+LMQTTPUB: 0,5,0'));
    await te.ask(PUBLISH, SENT);
  });

  test('lost-ok=2: twice, and only OK', async () => {
    const { te } = await fixture().module({ faults: ['lost-ok=2'] });
    te.write('AT\r\nAT+NOSUCH\r\nAT+CSQ\r\nAT\r\n');
    await te.expect(line('ERROR') + line('+CSQ: 27,99') + OK);
  });

  test('result-before-ok: the result comes first, the next command waits for the OK', async () => {
    const { modem, te } = await fixture().connected();
    modem.faults.on('result-before-ok');
    te.write(`${PUBLISH}\r\nAT+CSQ\r\n`);
    await te.expect(line('+LMQTTPUB: 0,5,0') + OK + line('+CSQ: 27,99') + OK);
  });

  test('result-before-ok=<ms>: downlinks come between', async () => {
    const { modem, te } = await fixture().connected();
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"t",0', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    modem.faults.on('result-before-ok=200');
    te.write(`${PUBLISH}\r\n`);
    await te.match(/^(\r\n\+LMQTT(PUB: 0,5,0|URC: RECV,0,1,"t",1,x)\r\n){2}\r\nOK\r\n$/);
  });

  test('result-before-ok: an OK whose result never comes is not lost', async () => {
    const { aedes } = await fixture().broker();
    aedes.authorizePublish = (client, _packet, callback) => {
      if (client === null) callback();
    };
    const { modem, te } = await fixture().connected();
    modem.faults.on('result-before-ok');
    await te.ask(PUBLISH, OK);
  });
});

describe('results', () => {
  const OPEN = 'AT+LMQTTOPEN=0,"mqtt.example.net",1883';

  test('open-fails', async () => {
    const { modem, te } = await fixture().module({ faults: ['open-fails=3'] });
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,-1,3'));
    modem.faults.on('open-fails');
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,-1,5'));
    modem.faults.clear();
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
  });

  test('connect-fails', async () => {
    const { te } = await fixture().module({ faults: ['connect-fails=5'] });
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
    await te.ask('AT+LMQTTCONN=0,"id"', OK + line('+LMQTTCONN: 0,0,5'));
  });

  test('subscribe-fails, unsubscribing as well', async () => {
    const { te } = await fixture().connected({ faults: ['subscribe-fails=7'] });
    await te.ask('AT+LMQTTSUBUNSUB=0,0,3,"a/+",1', OK + line('+LMQTTSUBUNSUB: 0,3,1,7'));
    await te.ask('AT+LMQTTSUBUNSUB=0,1,4,"a/+",1', OK + line('+LMQTTSUBUNSUB: 0,4,1,7'));
  });

  test('misspelt-unsubscribe', async () => {
    const { te } = await fixture().connected({ faults: ['misspelt-unsubscribe'] });
    await te.ask('AT+LMQTTSUBUNSUB=0,0,3,"a/+",1', OK + line('+LMQTTSUBUNSUB: 0,3,0,1'));
    await te.ask('AT+LMQTTSUBUNSUB=0,1,4,"a/+",1', OK + line('+LMQTTUNSUNSUB: 0,4,0'));
  });

  test('publish-result=<result>:<count>: only 1 is sent', async () => {
    const { modem, te } = await fixture().connected({ faults: ['publish-result=0:1'] });
    const sent: string[] = [];
    modem.on('published', (_topic, payload) => sent.push(payload.toString()));
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",1,"a"', OK + line('+LMQTTPUB: 0,5,0'));
    modem.faults.on('publish-result=1:1');
    await te.ask('AT+LMQTTPUB=0,6,1,0,"t",1,"b"', OK + line('+LMQTTPUB: 0,6,1,6'));
    await te.ask('AT+LMQTTPUB=0,7,1,0,"t",1,"c"', OK + line('+LMQTTPUB: 0,7,0'));
    expect(sent).toEqual(['b', 'c']);
  });

  test('busy-above: while so many have no result', async () => {
    const { te } = await fixture().connected({ faults: ['busy-above=2'], latency: { roundTrip: 30 } });
    te.write([5, 6, 7].map((id) => `AT+LMQTTPUB=0,${id},1,0,"t",1,"x"\r\n`).join(''));
    await te.expect(OK + OK + line('+CME ERROR: 3'));
    await te.expect(line('+LMQTTPUB: 0,5,0') + line('+LMQTTPUB: 0,6,0'));
    await te.ask('AT+LMQTTPUB=0,7,1,0,"t",1,"x"', OK + line('+LMQTTPUB: 0,7,0'));
  });

  test('shuffled-results: each comes, not in order', async () => {
    const { te } = await fixture().connected({ faults: ['shuffled-results=60'], seed: 3 });
    for (let id = 1; id <= 8; id += 1) te.write(`AT+LMQTTPUB=0,${id},1,0,"t",1,"x"\r\n`);
    const ids: number[] = [];
    while (ids.length < 8) ids.push(Number((await te.match(/\+LMQTTPUB: 0,(\d),0\r\n/))[1]));
    expect([...ids].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(ids).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('refuse-setting, several keys', async () => {
    const { modem, te } = await fixture().module({ faults: ['refuse-setting=urc', 'refuse-setting=cache'] });
    await te.ask('AT+LMQTTCFG="urc",0,1', line('ERROR'));
    await te.ask('AT+LMQTTCFG="cache",0,1', line('ERROR'));
    await te.ask('AT+LMQTTCFG="session",0,1', OK);
    modem.faults.off('refuse-setting=urc');
    await te.ask('AT+LMQTTCFG="urc",0,1', OK);
    await te.ask('AT+LMQTTCFG="cache",0,1', line('ERROR'));
  });

  test('refuse-setting, with these values only', async () => {
    const { te } = await fixture().module({ faults: ['refuse-setting=recv/mode,0,1'] });
    await te.ask('AT+LMQTTCFG="recv/mode",0,0,1', line('ERROR'));
    await te.ask('AT+LMQTTCFG="recv/mode",0,1,1', OK);
  });

  test('urc-setting: results come only after "urc",0,1', async () => {
    const { te } = await fixture().module({ faults: ['urc-setting'] });
    await te.ask(OPEN, OK);
    await te.ask('AT+LMQTTCLOSE=0', OK);
    await te.ask('AT+LMQTTCFG="urc",0,1', OK);
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask(OPEN, OK);
    await te.ask('AT+LMQTTCLOSE=0', OK);
  });
});

describe('data mode', () => {
  test('no-prompt: the module takes the bytes all the same', async () => {
    const { te } = await fixture().connected({ faults: ['no-prompt'] });
    te.write('AT+LMQTTPUB=0,5,1,0,"t",3\r\nAT\r');
    await te.expect(SENT);
  });

  test('stuck-prompt: as many bytes more as were lost end it', async () => {
    const { modem, te } = await fixture().connected({ faults: ['stuck-prompt=2'] });
    const payload = new Promise((resolve) => modem.once('published', (_topic, bytes) => resolve(bytes)));
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",4', '\r\n> ');
    te.write('abcd');
    te.write('\x1b\x1bAT\r\n');
    await te.match(/^\r\nOK\r\n/);
    await te.match(/\r\nOK\r\n/);
    expect(await payload).toEqual(Buffer.from('cd\x1b\x1b'));
  });
});

describe('downlinks', () => {
  test('quoted-payload, counted and as a line', async () => {
    const far = await fixture().farSide();
    const { te } = await fixture().connected({ faults: ['quoted-payload'] });
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"cmd/x",0', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    await far.publishAsync('cmd/x', '{"a":1}');
    await te.expect(line('+LMQTTURC: RECV,0,1,"cmd/x",7,"{"a":1}"'));
    await te.ask('AT+LMQTTCFG="recv/mode",0,0,0', OK);
    await far.publishAsync('cmd/x', '{"a":1}');
    await te.expect(line('+LMQTTURC: RECV,0,2,"cmd/x","{"a":1}"'));
  });

  test('hidden-loss', async () => {
    const { modem, te } = await fixture().connected({ faults: ['hidden-loss'] });
    modem.dropBroker();
    await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,1') + OK);
  });
});
