import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { deferred } from '../../src/util/deferred.js';
import { nextMessage, useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

describe('LMQTTPUB', () => {
  test('inline arrives as sent, with QoS and retain', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('up/#', { qos: 2 });
    const { modem, te } = await fixture().connected();
    const next = nextMessage(far);
    const published = once(modem, 'published');
    await te.ask('AT+LMQTTPUB=0,5,2,0,"up/a",12,"{"a":"x,y"} "', OK + line('+LMQTTPUB: 0,5,0'));
    expect(await next).toEqual({
      topic: 'up/a',
      payload: Buffer.from('{"a":"x,y"} '),
      retain: false,
      qos: 2,
    });
    expect(await published).toEqual(['up/a', Buffer.from('{"a":"x,y"} ')]);
  });

  test('data mode carries every byte', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('up/#');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    await te.ask('AT+LMQTTPUB=0,5,1,0,"up/a",256', '\r\n> ');
    te.write(ALL_BYTES);
    await te.expect(OK + line('+LMQTTPUB: 0,5,0'));
    expect((await next).payload).toEqual(ALL_BYTES);
  });

  test('data mode begins with an LF for a TE that ends its lines with CR', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('up/#');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    te.write('AT\r');
    await te.expect(OK);
    te.write('AT+LMQTTPUB=0,5,1,0,"up/a",2\r');
    await te.expect('\r\n> ');
    te.write('\na');
    await te.expect(OK + line('+LMQTTPUB: 0,5,0'));
    expect((await next).payload).toEqual(Buffer.from('\na'));
  });

  test('data mode takes 8000 bytes and no more', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('up/#');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    await te.ask('AT+LMQTTPUB=0,5,1,0,"up/a",8001', line('ERROR'));
    await te.ask('AT+LMQTTPUB=0,5,1,0,"up/a",8000', '\r\n> ');
    te.write(Buffer.alloc(8000, 'x'));
    await te.expect(OK + line('+LMQTTPUB: 0,5,0'));
    expect((await next).payload).toEqual(Buffer.alloc(8000, 'x'));
  });

  test.each([
    ['nt26', 1024],
    ['nt35e', 1460],
  ] as const)('inline on %s takes %i bytes and no more', async (profile, limit) => {
    const { te } = await fixture().connected({ profile });
    const fits = 'x'.repeat(limit);
    await te.ask(`AT+LMQTTPUB=0,5,1,0,"t",${limit},"${fits}"`, OK + line('+LMQTTPUB: 0,5,0'));
    te.write(`AT+LMQTTPUB=0,6,1,0,"t",${limit + 1},"${fits}x"\r\n`);
    await te.expect(line('+CME ERROR: 50'));
  });

  test('the length must be that of the payload', async () => {
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",3,"xy"', line('ERROR'));
  });

  test('without a session is refused before the prompt', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",3', line('+CME ERROR: 3'));
    await te.ask('AT', OK);
  });

  test('with QoS 0 carries msgID 0 on nt35e, any on nt26', async () => {
    const nt35e = await fixture().connected({ profile: 'nt35e' });
    await nt35e.te.ask('AT+LMQTTPUB=0,5,0,0,"t",1,"x"', line('+CME ERROR: 50'));
    const nt26 = await fixture().module({ profile: 'nt26' });
    await nt26.te.ask('AT+LMQTTPUB=0,5,0,0,"t",1,"x"', line('+CME ERROR: 3'));
  });

  test('text is no hex and hex is no text', async () => {
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",1,"41"', line('+CME ERROR: 50'));
    await te.ask('AT+LMQTTCFG="dataformat",0,1,0', OK);
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",2,"41"', line('+CME ERROR: 50'));
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",1,"41"', OK + line('+LMQTTPUB: 0,5,0'));
  });

  test('with QoS 1 has no result before the acknowledgement', async () => {
    const { aedes } = await fixture().broker();
    const { promise, resolve: acknowledge } = deferred<() => void>();
    aedes.authorizePublish = (client, _packet, callback) => (client ? acknowledge(callback) : callback());
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",1,"x"', OK);
    const callback = await promise;
    await te.ask('AT+LMQTTPUB=0,0,0,0,"t",1,"x"', OK + line('+LMQTTPUB: 0,0,0'));
    callback();
    await te.expect(line('+LMQTTPUB: 0,5,0'));
  });
});

describe('downlinks', () => {
  const FORMS: readonly (readonly [string, string, string])[] = [
    ['recv/mode 0,1', '"recv/mode",0,0,1', '6,a\r\nb"c'],
    ['recv/mode 0,0', '"recv/mode",0,0,0', 'a\r\nb"c'],
    ['recv/mode 1,1', '"recv/mode",0,1,1', '6,610D0A622263'],
    ['recv/mode 2,0', '"recv/mode",0,2,0', '610D0A622263'],
    ['dataformat 0,1', '"dataformat",0,0,1', '610D0A622263'],
  ];

  test.each(FORMS)('%s', async (_name, setting, text) => {
    const far = await fixture().farSide();
    const { modem, te } = await fixture().connected({}, [setting]);
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"cmd/#",1', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    const received = once(modem, 'received');
    await far.publishAsync('cmd/x', 'a\r\nb"c', { qos: 1 });
    await te.expect(line(`+LMQTTURC: RECV,0,1,"cmd/x",${text}`));
    expect(await received).toEqual(['cmd/x', Buffer.from('a\r\nb"c')]);
  });

  test('carry every byte and a topic in UTF-8', async () => {
    const far = await fixture().farSide();
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"#",0', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    await far.publishAsync('größe', ALL_BYTES);
    const topic = Buffer.from('größe').toString('latin1');
    await te.expect(line(`+LMQTTURC: RECV,0,1,"${topic}",256,${ALL_BYTES.toString('latin1')}`));
    await far.publishAsync('leer', '');
    await te.expect(line('+LMQTTURC: RECV,0,2,"leer",0,'));
  });

  test('with cache 1 are announced and fetched once', async () => {
    const far = await fixture().farSide();
    const { te } = await fixture().connected({}, ['"cache",0,1']);
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"cmd/#",1', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    await far.publishAsync('cmd/x', 'a\r\nb"c');
    await te.expect(line('+LMQTTURC: RECV,0,1'));
    await te.ask('AT+LMQTTREAD=0,1', line('+LMQTTREAD: 0,1,"cmd/x",6,a\r\nb"c') + OK);
    await te.ask('AT+LMQTTREAD=0,1', line('+CME ERROR: 22'));
  });
});

describe('LMQTTSUBUNSUB', () => {
  test('takes several topics, and takes them back', async () => {
    const far = await fixture().farSide();
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"a",1,"b/+",0', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    await far.publishAsync('a', '1');
    await far.publishAsync('b/x', '2');
    await te.expect(line('+LMQTTURC: RECV,0,1,"a",1,1') + line('+LMQTTURC: RECV,0,2,"b/x",1,2'));
    await te.ask('AT+LMQTTSUBUNSUB=0,1,2,"a",0', OK + line('+LMQTTSUBUNSUB: 0,2,0'));
    await far.publishAsync('a', '3');
    await far.publishAsync('b/x', '4');
    await te.expect(line('+LMQTTURC: RECV,0,3,"b/x",1,4'));
  });

  test('tells a refusal by the broker as success', async () => {
    const { aedes } = await fixture().broker();
    aedes.authorizeSubscribe = (_client, _subscription, callback) => callback(null, null);
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"a",1', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
  });

  test('without a session is refused', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"a",1', line('+CME ERROR: 3'));
  });
});
