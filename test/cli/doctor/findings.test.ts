import { describe, expect, it } from 'vitest';
import { connectFailure } from '../../../src/cli/doctor/broker/connect.js';
import { ownTopic } from '../../../src/cli/doctor/broker/own-message.js';
import { openFailure } from '../../../src/cli/doctor/broker/reached.js';
import type { Outcome } from '../../../src/cli/doctor/finding.js';
import { clockFinding } from '../../../src/cli/doctor/module/clock.js';
import { unregisteredFinding } from '../../../src/cli/doctor/module/registration.js';
import { signalFinding } from '../../../src/cli/doctor/module/signal.js';
import { distance, similarNames } from '../../../src/cli/doctor/port/exists.js';
import { refusalFinding } from '../../../src/cli/doctor/port/permission.js';
import { summaryOf } from '../../../src/cli/doctor/report.js';
import { LMQTT_WORDS } from '../../../src/dialects/lmqtt/words/words.js';
import { MqttError } from '../../../src/errors/kinds.js';
import { ModemError } from '../../../src/errors/modem-error.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const BROKER = { host: 'b.example', port: 1883, tls: false };

describe('the permission', () => {
  const DEVICE = { realPath: '/dev/ttyUSB0', isDevice: true, deviceNumber: 1, uid: 0, gid: 20, mode: 0o660 };
  const group = { name: 'dialout', gid: 20, members: [] as string[] };
  const refusal = {
    ...{ path: '/dev/ttyUSB0', device: DEVICE, owner: 'root', group },
    user: { name: 'ann', uid: 1000, groups: [1000] },
  };

  it('is told from a group that was joined, but not yet logged in with', () => {
    const joined = refusalFinding({ ...refusal, group: { ...group, members: ['ann'] } });
    expect(joined.advice?.next[0]).toMatch(/log out and in again.*newgrp dialout/);
  });

  it('is never to be had by joining the group of root', () => {
    const roots = refusalFinding({ ...refusal, group: { name: 'root', gid: 0, members: [] } });
    expect(roots.advice?.next.join()).not.toContain('usermod');
    expect(roots.advice?.next[1]).toContain(`echo 'KERNEL=="ttyUSB0", GROUP="dialout"`);
    const closed = refusalFinding({ ...refusal, device: { ...DEVICE, mode: 0o600 } });
    expect(closed.advice?.next[0]).toContain('chmod g+rw /dev/ttyUSB0');
  });
});

describe('the udev rule', () => {
  it('is for this device alone, under whatever number it comes back', () => {
    const device = { realPath: '/dev/ttyUSB0', isDevice: true, deviceNumber: 1, uid: 0, gid: 0, mode: 0o600 };
    const link = '/dev/serial/by-id/usb-Prolific_USB-Serial-if00-port0';
    const { advice } = refusalFinding({
      ...{ path: '/dev/ttyUSB0', device, link, owner: 'root' },
      group: { name: 'root', gid: 0, members: [] },
      user: { name: 'ann', uid: 1000, groups: [1000] },
    });
    expect(advice?.next[1]).toContain(
      `echo 'SUBSYSTEM=="tty", SYMLINK=="serial/by-id/usb-Prolific_USB-Serial-if00-port0", GROUP="dialout", MODE="0660"'`,
    );
  });
});

describe('similar names', () => {
  it('count characters to insert, delete and replace', () => {
    expect([distance('', 'abc'), distance('kitten', 'sitting'), distance('same', 'same')]).toEqual([3, 3, 0]);
  });

  it('come in order of likeness, whatever their case', () => {
    const paths = ['/dev/ttyACM0', '/dev/ttyUSB1', '/dev/ttyUSB0', '/dev/console'];
    expect(similarNames('/dev/ttyusb0', paths)).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyACM0']);
  });
});

describe('the network', () => {
  const SEARCHING = { status: 'not-registered', registered: false } as const;
  const signal = { rssi: -105, rsrp: undefined, rsrq: undefined, quality: 'poor' } as const;

  it('is not found by a radio that is off', () => {
    const found = unregisteredFinding(SEARCHING, { signal, radioOn: false, waited: 1 });
    expect(found).toMatchObject({
      status: 'fail',
      exitCode: 5,
      found: expect.stringMatching(/radio is off/),
    });
  });

  it('is hard to find with a poor signal', () => {
    const found = unregisteredFinding(SEARCHING, { signal, radioOn: true, waited: 5_000 });
    expect(found.advice?.causes[0]).toBe('the signal is too poor');
  });

  it('may be there although the module measures no signal', () => {
    const none = { rssi: undefined, rsrp: undefined, rsrq: undefined, quality: 'none' } as const;
    expect(signalFinding(none, true).status).toBe('warn');
    expect(signalFinding(none, false)).toMatchObject({ status: 'fail', exitCode: 5 });
  });
});

describe('the clock', () => {
  it.each([
    [0, 'ok', 'as this machine'],
    [59, 'ok', '59 s ahead of this machine'],
    [-8 * 3600, 'warn', '8 h behind this machine'],
    [600, 'warn', '10 min ahead of this machine'],
    [-40 * 86_400, 'warn', '40 days behind this machine'],
  ])('that is off by %i s is %s', (seconds, status, words) => {
    const finding = clockFinding(new Date(NOW.getTime() + seconds * 1000), NOW);
    expect(finding.status).toBe(status);
    expect(finding.found).toContain(words);
    expect(finding.facts).toMatchObject({ offset: seconds });
  });

  it('may have no time yet', () => {
    expect(clockFinding(undefined, NOW)).toMatchObject({ status: 'warn', facts: { clock: null } });
  });
});

describe('the broker', () => {
  const dns = new MqttError('OPEN_FAILED', 'open failed: domain name', { result: -1, extend: 4 });

  it('is looked for from here, to tell a misspelt name from the DNS of the mobile network', () => {
    expect(openFailure(dns, BROKER, 'unknown-host', LMQTT_WORDS).advice?.causes[0]).toMatch(/misspelt/);
    expect(openFailure(dns, BROKER, 'reachable', LMQTT_WORDS).advice?.causes[0]).toMatch(
      /mobile network does not resolve/,
    );
  });

  it('is out of reach without a PDP context', () => {
    const pdp = new MqttError('OPEN_FAILED', 'open failed', { result: -1, extend: 3 });
    expect(openFailure(pdp, BROKER, 'reachable', LMQTT_WORDS).advice?.causes[0]).toMatch(/^the APN is wrong/);
  });

  it.each([
    [1, /MQTT 3.1.1/],
    [2, /client id meter-7/],
    [3, /overloaded/],
    [5, /user name and a password, and none were given/],
  ])('refuses with return code %i, and that is explained', (returnCode, cause) => {
    const error = new MqttError('CONNECT_REFUSED', 'refused', { result: 0, extend: returnCode });
    const login = { broker: BROKER, clientId: 'meter-7', username: undefined, triple: undefined };
    const finding = connectFailure(error, login, LMQTT_WORDS);
    expect(finding).toMatchObject({ status: 'fail', exitCode: 6 });
    expect(finding.advice?.causes[0]).toMatch(cause);
  });

  it('may be something that speaks no MQTT', () => {
    const login = { broker: BROKER, clientId: 'c', username: undefined, triple: undefined };
    const finding = connectFailure(new ModemError('CONNECT_FAILED', 'no answer'), login, LMQTT_WORDS);
    expect(finding.advice?.causes[0]).toMatch(/speaks no MQTT, or wants TLS/);
  });

  it('may get the login of a triple that an earlier program has left', () => {
    const error = new MqttError('CONNECT_REFUSED', 'refused', { result: 0, extend: 4 });
    const login = { broker: BROKER, clientId: 'c', username: 'u', triple: undefined };
    const finding = connectFailure(error, login, LMQTT_WORDS, [{ setting: 'cloud', consequence: 'x' }]);
    expect(finding.advice?.causes[0]).toMatch(/^the module still signs its login with a triple/);
    expect(finding.advice?.causes[1]).toMatch(/^the password is not that of the user u/);
  });

  it('gets the own message on a topic without wildcards', () => {
    const login = { username: undefined, triple: undefined };
    expect(ownTopic({ ...login, clientId: 'a/b+c#' })).toBe('atmqtt/doctor/a_b_c_');
    expect(ownTopic({ ...login, clientId: 'x|securemode=3|', username: 'dn&pk' })).toBe(
      '/pk/dn/user/atmqtt-doctor',
    );
    expect(ownTopic({ ...login, clientId: 'x', username: 'dn&pk' })).toBe('atmqtt/doctor/x');
  });
});

describe('the summary', () => {
  const step = (status: Outcome['status'], name: 'sim' | 'at' | 'signal'): Outcome => ({
    ...{ step: name, title: name, status, found: `${name} found`, facts: {}, ms: 1 },
    advice: { causes: [`${name} cause`, 'other'], next: [`${name} action`] },
    exitCode: status === 'fail' ? 5 : 0,
  });

  it('is about the first failure, whatever comes before and after it', () => {
    const summary = summaryOf([step('warn', 'at'), step('fail', 'sim'), step('fail', 'signal')], true);
    expect(summary).toEqual({
      status: 'fail',
      summary: 'sim: sim found; most likely: sim cause; next: sim action',
      step: 'sim',
      exitCode: 5,
    });
  });

  it('counts warnings', () => {
    const summary = summaryOf([step('warn', 'at'), step('warn', 'signal')], true);
    expect(summary).toMatchObject({ status: 'warn', step: 'at', exitCode: 0 });
    expect(summary.summary).toMatch(/^it works, with 2 warnings: at: at found/);
  });
});
