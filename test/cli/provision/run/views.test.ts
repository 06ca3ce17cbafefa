import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { localIso } from '../../../../src/cli/local-time.js';
import { Log } from '../../../../src/cli/log.js';
import { Output } from '../../../../src/cli/output.js';
import { Tally } from '../../../../src/cli/provision/run/follow.js';
import { JsonView } from '../../../../src/cli/provision/run/json-view.js';
import { PlainView } from '../../../../src/cli/provision/run/plain-view.js';
import { SILENT } from '../../../../src/cli/provision/run/view.js';
import { NO_TOTALS, NOON, result, status, WRONG_SIM } from './scenes.js';

const TIME = localIso(new Date(NOON));
const ISO = new Date(NOON).toISOString();

/** The streams of a command, and what was written to them. */
function streams() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const log = new Log(stderr, { json: false, debug: false });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return {
    output: new Output(stdout),
    log,
    stdout: () => text(stdout),
    stderr: () => text(stderr),
  };
}

describe('plain lines', () => {
  it('are one a result, with reason and action behind a failure', () => {
    const { output, log, stdout, stderr } = streams();
    const view = new PlainView(output, log, new Tally(NOON), SILENT);
    view.changed(status('/dev/ttyUSB0', { phase: 'writing', note: 'no matter' }));
    view.result(result('/dev/ttyUSB0'), NOON);
    view.result(result('/dev/ttyUSB1', { ...WRONG_SIM, imei: undefined, deviceName: undefined }), NOON);
    expect(stdout()).toBe(
      `${TIME}  /dev/ttyUSB0  861326070275653  meter-0001  PASS  7.2 s\n` +
        `${TIME}  /dev/ttyUSB1  -  -  FAIL  7.2 s  WRONG_SIM: the ICCID 89860321 does not begin with 898604` +
        ' > put in a SIM of this batch, then start the module again\n',
    );
    expect(stderr()).toBe('');
  });

  it('call a port by the name of its slot', () => {
    const { output, log, stdout, stderr } = streams();
    const view = new PlainView(output, log, new Tally(NOON), SILENT);
    view.result(result('/dev/serial/by-id/usb-1', { slot: 'slot1' }), NOON);
    view.changed(status('/dev/serial/by-id/usb-1', { slot: 'slot1', note: 'no such port' }));
    expect(stdout()).toBe(`${TIME}  slot1  861326070275653  meter-0001  PASS  7.2 s\n`);
    expect(stderr()).toBe('atmqtt: slot1 waits for a module: no such port\n');
  });

  it('hold no escape code, and stay one line, whatever a module says', () => {
    const { output, log, stdout, stderr } = streams();
    const view = new PlainView(output, log, new Tally(NOON), SILENT);
    const reason = { code: 'WRONG_FIRMWARE', message: 'it runs \x1b[31mX\r\nPASS' };
    view.result(result('p', { ...WRONG_SIM, reason }), NOON);
    view.note('took \x1b]0;x\x07 over');
    expect(stdout()).toMatch(/^[^\x00-\x1f\x7f-\x9f]+\n$/);
    expect(stderr()).toBe('atmqtt: took ?]0;x? over\n');
  });

  it('leave notes and totals to stderr', async () => {
    const { output, log, stdout, stderr } = streams();
    const view = new PlainView(output, log, new Tally(NOON), SILENT);
    view.stopping();
    await view.end({ ...NO_TOTALS, passed: 2 }, NOON);
    expect(stdout()).toBe('');
    expect(stderr()).toBe(
      'atmqtt: ending: no new modules, units under way end as INTERRUPTED; Ctrl-C again ends at once\n' +
        'atmqtt: 2 passed, 0 failed, 0 already done, 500 triples left, 7:30\n',
    );
  });
});

describe('a port that waits', () => {
  it('is told where there is no board, once for each reason', async () => {
    const { output, log, stdout, stderr } = streams();
    const [plain, json] = [
      new PlainView(output, log, new Tally(NOON), SILENT),
      new JsonView(output, new Tally(NOON)),
    ];
    for (const view of [plain, json]) {
      for (const note of ['no permission', undefined, 'no permission']) view.changed(status('p', { note }));
      view.changed(status('q', { note: 'no permission' }));
      view.changed(status('p', { note: 'no such port' }));
    }
    const told = [
      'p waits for a module: no permission',
      'q waits for a module: no permission',
      'p waits for a module: no such port',
    ];
    expect(stderr()).toBe(told.map((text) => `atmqtt: ${text}\n`).join(''));
    const notes = stdout()
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(notes).toMatchObject(told.map((note) => ({ event: 'note', note })));
  });
});

describe('JSON lines', () => {
  it('are one object a result, a note, and the end', async () => {
    const { output, stdout } = streams();
    const tally = new Tally(NOON);
    const view = new JsonView(output, tally);
    const failed = result('p1', {
      ...WRONG_SIM,
      slot: 'left',
      imei: undefined,
      deviceName: undefined,
      tries: 3,
    });
    tally.result(failed, NOON);
    view.changed(status('/dev/ttyUSB0', { phase: 'writing', note: 'no matter' }));
    view.result(result('p0'), NOON);
    view.result(failed, NOON);
    view.note('took over', NOON);
    await view.end({ ...NO_TOTALS, failed: 1, left: undefined }, NOON);
    const records = stdout()
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(records).toEqual([
      {
        event: 'result',
        time: ISO,
        slot: null,
        port: 'p0',
        outcome: 'passed',
        imei: '861326070275653',
        deviceName: 'meter-0001',
        reason: null,
        action: 'take the module off',
        elapsed: 7234,
        tries: 1,
      },
      {
        event: 'result',
        time: ISO,
        slot: 'left',
        port: 'p1',
        outcome: 'failed',
        imei: null,
        deviceName: null,
        reason: { code: 'WRONG_SIM', message: 'the ICCID 89860321 does not begin with 898604' },
        action: 'put in a SIM of this batch, then start the module again',
        elapsed: 7234,
        tries: 3,
      },
      { event: 'note', time: ISO, note: 'took over' },
      {
        event: 'end',
        time: ISO,
        passed: 0,
        already: 0,
        checked: 0,
        failed: 1,
        failedUnits: 1,
        left: null,
        reasons: { WRONG_SIM: 1 },
        startedAt: new Date(NO_TOTALS.startedAt).toISOString(),
        elapsed: 450_000,
      },
    ]);
  });
});
