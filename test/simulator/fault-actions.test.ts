import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { openTransport } from '../../src/transport/open.js';
import { delivered, useFixture } from './fixture.js';
import { line, OK, RawTe } from './raw-te.js';

const fixture = useFixture();

const OPEN = 'AT+LMQTTOPEN=0,"mqtt.example.net",1883';
const LOST = line('+LMQTTURC: STATS,0,1');
const BOOT = "^boot.rom'v\x80!\n";

describe('at the broker', () => {
  test('drop-broker: told once, and a new connection opens', async () => {
    const { modem, te } = await fixture().connected();
    modem.faults.on('drop-broker');
    expect(modem.faults.active).toEqual([]);
    await te.expect(LOST);
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
  });

  test('broker-loss: no connection opens until it is over', async () => {
    const { modem, te } = await fixture().connected();
    modem.faults.on('broker-loss');
    await te.expect(LOST);
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,-1,5'));
    modem.faults.off('broker-loss');
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
  });

  test('session-dead: still connected as it says, but no result comes until the session is closed', async () => {
    const { modem, te } = await fixture().connected();
    const { aedes } = await fixture().broker();
    const gone = new Promise((resolve) => aedes.once('clientDisconnect', resolve));
    modem.faults.on('session-dead');
    await gone;
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",1,"x"', OK);
    await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,3') + OK);
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
    await te.ask('AT+LMQTTCONN=0,"meter-7"', OK + line('+LMQTTCONN: 0,0,0'));
    await te.ask('AT+LMQTTPUB=0,6,1,0,"t",1,"x"', OK + line('+LMQTTPUB: 0,6,0'));
  });
});

describe('around the module', () => {
  test('radio-loss: no signal, no registration, no session', async () => {
    const { modem, te } = await fixture().connected();
    await te.ask('AT+CEREG=1', OK);
    modem.faults.on('radio-loss');
    await te.expect(line('+LMQTTURC: STATS,0,11') + line('+CEREG: 2'));
    await te.ask('AT+CSQ', line('+CSQ: 99,99') + OK);
    await te.ask('AT+CEREG?', line('+CEREG: 1,2') + OK);
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,-1,3'));
    modem.faults.off('radio-loss');
    await te.expect(line('+CEREG: 1'));
    await te.ask('AT+CSQ', line('+CSQ: 27,99') + OK);
    expect(modem.network.registration).toBe(1);
  });

  test('reboot: happens and is over', async () => {
    const { modem, te } = await fixture().module();
    modem.faults.on('reboot');
    await te.expect(BOOT);
    expect(modem.faults.active).toEqual([]);
    await te.ask('AT', OK);
  });

  test('power-off: silence until it is over, then the module boots', async () => {
    const { modem, te } = await fixture().module();
    modem.faults.on('power-off');
    await te.expect(line('NORMAL POWER DOWN'));
    te.write('AT\r\n');
    await delivered();
    modem.faults.off('power-off');
    await te.expect(BOOT);
    await te.ask('AT', OK);
  });

  test('unplug: the port is gone and comes back under the same name, the module stays on', async () => {
    const { modem, te } = await fixture().module({ echo: true });
    await te.ask('ATE0', `ATE0\r${OK}`);
    modem.faults.on('unplug');
    await te.gone();
    await expect(openTransport(modem.url)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    modem.faults.off('unplug');
    await modem.plugIn();
    await (await RawTe.open(modem.url)).ask('AT', OK);
  });

  test('unplug for no time at all: what comes last counts', async () => {
    const { modem, te } = await fixture().module({ listen: 'tcp://127.0.0.1:0' });
    for (let turn = 0; turn < 5; turn += 1) {
      modem.faults.on('unplug');
      modem.faults.off('unplug');
    }
    await te.gone();
    await modem.plugIn();
    await (await RawTe.open(modem.url)).ask('AT', OK);
  });

  test('a port that cannot come back is told', async () => {
    const { modem, te } = await fixture().module({ listen: 'memory:taken-away' });
    const { modem: other } = await fixture().module();
    modem.faults.on('unplug');
    await te.gone();
    await fixture().module({ listen: 'memory:taken-away' });
    const failed = once(modem, 'plugInFailed');
    modem.faults.off('unplug');
    expect((await failed)[0]).toMatchObject({ code: 'INVALID_ARGUMENT' });
    await other.close();
  });

  test('a module that is closed is neither switched on nor plugged in again', async () => {
    const { modem } = await fixture().module({ faults: ['unplug@1h', 'power-off@1h+1s', 'reboot%1h'] });
    modem.faults.on('unplug');
    modem.faults.on('power-off');
    await modem.close();
    const booted: unknown[] = [];
    modem.on('booted', () => booted.push(1));
    modem.faults.clear();
    await modem.plugIn();
    expect(booted).toEqual([]);
    await expect(openTransport(modem.url)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });
});
