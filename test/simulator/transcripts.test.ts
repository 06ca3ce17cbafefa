import { expect, test } from 'vitest';
import { play, useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

test('echo-on: the line is repeated up to its CR', async () => {
  const { te } = await fixture().module({ echo: true });
  await play(te, 'echo-on');
});

test('open-connect', async () => {
  const { modem, te } = await fixture().module();
  const connected = new Promise((resolve) => modem.once('connected', resolve));
  await play(te, 'open-connect');
  expect(await connected).toBe('861326070275653');
});

test('open-fails-dns', async () => {
  const { te } = await fixture().module({ unknownHosts: ['bad.host'] });
  await play(te, 'open-fails-dns');
});

test('connect-refused: the code is the one that the broker gave', async () => {
  await fixture().broker({
    authenticate: (_client, _user, _password, done) =>
      done(Object.assign(new Error('no'), { returnCode: 4 }), false),
  });
  const { te } = await fixture().module();
  await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OK + line('+LMQTTOPEN: 0,0'));
  await play(te, 'connect-refused');
  await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,1') + OK);
});

test('subscribe-unsubscribe: an NT35E misspells the result', async () => {
  const { te } = await fixture().connected({ profile: 'nt35e' });
  await play(te, 'subscribe-unsubscribe');
});

test('publish-inline', async () => {
  const { te } = await fixture().connected();
  await play(te, 'publish-inline');
});

test('publish-data-mode: the bytes behind the prompt are no line', async () => {
  const { te } = await fixture().connected();
  const payload = new Promise((resolve) =>
    fixture()
      .broker()
      .then(({ aedes }) => aedes.on('publish', (packet, client) => client && resolve(packet.payload))),
  );
  await play(te, 'publish-data-mode');
  expect(await payload).toEqual(Buffer.from('\x00\r\n\x1a"\xff', 'latin1'));
});

test('publish-hex', async () => {
  const { te } = await fixture().connected({}, ['"send/mode",0,1']);
  await play(te, 'publish-hex');
});

test('publish-qos0', async () => {
  const { te } = await fixture().connected({ profile: 'nt35e' });
  await play(te, 'publish-qos0');
});

test('publish-failures, by a fault for each command line', async () => {
  const { modem, te } = await fixture().connected();
  const faults = ['publish-result=1', 'publish-result=2', 'busy-above=0'];
  modem.on('command', () => modem.faults.on(faults.shift() ?? ''));
  await play(te, 'publish-failures');
});

test('config-settings, the last but two refused', async () => {
  const { te } = await fixture().module({ faults: ['refuse-setting=urc'] });
  await play(te, 'config-settings');
});

test('config-off', async () => {
  const { te } = await fixture().module();
  await play(te, 'config-aliyun');
  await play(te, 'config-off');
});

test('config-query', async () => {
  const { te } = await fixture().module();
  await te.ask('AT+LMQTTCFG="recv/mode",0,0,1', OK);
  await te.ask('AT+LMQTTCFG="will",0,1,1,0,"t/x","off"', OK);
  await play(te, 'config-aliyun');
  await play(te, 'config-query');
});

test('modem-identity', async () => {
  const { te } = await fixture().module({
    identity: { firmware: 'NT26KCNA00NNA-L01', imsi: '460042370501234', iccid: '89860425102170123456' },
  });
  await play(te, 'modem-identity');
});

test('modem-no-sim', async () => {
  const { te } = await fixture().module({ network: { sim: 'absent' } });
  await play(te, 'modem-no-sim');
});
