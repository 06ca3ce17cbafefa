import { describe, expect, it } from 'vitest';
import { type Picture, screenLines } from '../../../../src/cli/provision/run/board/screen.js';
import { noPaint } from '../../../../src/cli/terminal.js';
import { textWidth } from '../../../../src/util/text-width.js';
import { finished, MARKED, NO_TOTALS, NOON, picture, result, status, WRONG_SIM } from './scenes.js';

const WIDE = { columns: 100, rows: 60 };

/** Four ports in the middle of a shift. */
const SHIFT: Partial<Picture> = {
  statuses: [
    finished('/dev/ttyUSB0'),
    finished('/dev/ttyUSB1', { imei: '861326070275661', deviceName: undefined, ...WRONG_SIM }),
    status('/dev/ttyUSB2', {
      phase: 'connecting',
      imei: '861326070275679',
      deviceName: 'meter-0003',
      since: NOON - 4000,
      tries: 2,
      note: 'the broker did not answer',
    }),
    status('/dev/ttyUSB3', { note: 'the port is busy' }),
  ],
  totals: { ...NO_TOTALS, passed: 12, failed: 1, already: 2, left: 488 },
  rate: 96,
  recent: [
    { at: NOON - 9000, note: 'took over 1 attempt of a station that was killed' },
    { at: NOON - 2000, result: result('/dev/ttyUSB0') },
    { at: NOON - 1000, result: result('/dev/ttyUSB1', { imei: '861326070275661', ...WRONG_SIM }) },
  ],
};

describe('the board', () => {
  it('tells units from failures where one failed again and again', () => {
    const totals = { ...NO_TOTALS, passed: 12, failed: 6 };
    const lines = screenLines(picture({ totals, failedUnits: 1 }), WIDE, noPaint);
    expect(lines.join('\n')).toMatch(/ passed 12 {4}failed 6 {2}\(1 unit\)/);
  });

  it('shows a sign for each port where there is room', () => {
    expect(`\n${screenLines(picture(SHIFT), WIDE, noPaint).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada   ledger factory.db

      +---------------+  /dev/ttyUSB0  0:07
      |    P A S S    |  IMEI 861326070275653  device name meter-0001
      +---------------+  take the module off

      +---------------+  /dev/ttyUSB1  0:07
      |    F A I L    |  IMEI 861326070275661  device name -
      +---------------+  WRONG_SIM: the ICCID 89860321 does not begin with 898604
                         > put in a SIM of this batch, then start the module again

                         /dev/ttyUSB2  0:04
         connecting      IMEI 861326070275679  device name meter-0003
                         try 2: the broker did not answer

                         /dev/ttyUSB3  -
           waiting       IMEI -  device name -
                         the port is busy

       passed 12    failed 1    488 triples left   96 an hour   already 2   7:30
      11:59:51  took over 1 attempt of a station that was killed
      11:59:58   PASS      /dev/ttyUSB0  861326070275653  meter-0001  7.2 s
      11:59:59   FAIL      /dev/ttyUSB1  861326070275661  meter-0001  WRONG_SIM
      Ctrl-C: no new modules, units under way end as INTERRUPTED
      "
    `);
  });

  it('shows a row for each port on a smaller screen', () => {
    const lines = screenLines(picture(SHIFT), { columns: 100, rows: 22 }, noPaint);
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada   ledger factory.db

      port          state           time     IMEI             device name
      /dev/ttyUSB0    PASS          0:07     861326070275653  meter-0001   take the module off
      /dev/ttyUSB1    FAIL          0:07     861326070275661  -            WRONG_SIM
          the ICCID 89860321 does not begin with 898604
          > put in a SIM of this batch, then start the module again
      /dev/ttyUSB2  connecting      0:04     861326070275679  meter-0003   try 2: the broker did not ans..
      /dev/ttyUSB3  waiting         -        -                -            the port is busy

       passed 12    failed 1    488 triples left   96 an hour   already 2   7:30
      11:59:51  took over 1 attempt of a station that was killed
      11:59:58   PASS      /dev/ttyUSB0  861326070275653  meter-0001  7.2 s
      11:59:59   FAIL      /dev/ttyUSB1  861326070275661  meter-0001  WRONG_SIM
      Ctrl-C: no new modules, units under way end as INTERRUPTED
      "
    `);
  });

  it('counts idle ports, then those that are done, where there is no room for them', () => {
    const idle = [4, 5, 6].map((index) => status(`/dev/ttyUSB${index}`));
    const statuses = [...(SHIFT.statuses ?? []), ...idle];
    const lines = (rows: number) =>
      screenLines(picture({ ...SHIFT, statuses }), { columns: 100, rows }, noPaint).join('\n');
    expect(`\n${lines(14)}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada   ledger factory.db

      port          state           time     IMEI             device name
      /dev/ttyUSB0    PASS          0:07     861326070275653  meter-0001   take the module off
      /dev/ttyUSB1    FAIL          0:07     861326070275661  -            WRONG_SIM
          the ICCID 89860321 does not begin with 898604
          > put in a SIM of this batch, then start the module again
      /dev/ttyUSB2  connecting      0:04     861326070275679  meter-0003   try 2: the broker did not ans..
      and 4 ports more: 4 waiting

       passed 12    failed 1    488 triples left   96 an hour   already 2   7:30
      11:59:58   PASS      /dev/ttyUSB0  861326070275653  meter-0001  7.2 s
      11:59:59   FAIL      /dev/ttyUSB1  861326070275661  meter-0001  WRONG_SIM
      Ctrl-C: no new modules, units under way end as INTERRUPTED
      "
    `);
    expect(`\n${lines(11)}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada   ledger factory.db

      port          state           time     IMEI             device name
      /dev/ttyUSB1    FAIL          0:07     861326070275661  -            WRONG_SIM
          the ICCID 89860321 does not begin with 898604
          > put in a SIM of this batch, then start the module again
      /dev/ttyUSB2  connecting      0:04     861326070275679  meter-0003   try 2: the broker did not ans..
      and 5 ports more: 4 waiting, 1 done, take off ttyUSB0

       passed 12    failed 1    488 triples left   96 an hour   already 2   7:30
      Ctrl-C: no new modules, units under way end as INTERRUPTED
      "
    `);
  });

  it('shows the failures first on the smallest screen', () => {
    const statuses = [
      ...[1, 2, 3, 4].map((index) => status(`p${index}`, { phase: 'proving' })),
      ...[5, 6, 7].map((index) => finished(`p${index}`, WRONG_SIM)),
      finished('p8', { outcome: 'already' }),
      status('p9'),
    ];
    const lines = screenLines(picture({ statuses }), { columns: 60, rows: 9 }, noPaint);
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada   ledger ..

      p5      FAIL          WRONG_SIM
      p6      FAIL          WRONG_SIM
      p7      FAIL          WRONG_SIM
      p1    proving
      and 5 ports more: 3 at work, 1 waiting, 1 done, take off p8
       passed 0    failed 0    500 triples left   - an hour   al..
      Ctrl-C: no new modules, units under way end as INTERRUPTED
      "
    `);
  });

  it('tells ports by the ends of their names, and failures by their reasons, on 80 columns', () => {
    const path = (serial: string) => `/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_${serial}-if00-port0`;
    const statuses = Array.from({ length: 16 }, (_, index) => {
      const port = path(`A5028${String(index).padStart(3, '0')}`);
      return index % 2 === 0 ? finished(port, WRONG_SIM) : finished(port);
    });
    const lines = screenLines(picture({ statuses }), { columns: 79, rows: 23 }, noPaint);
    for (const index of [0, 2, 4, 6, 8, 10, 12, 14]) {
      const serial = `A5028${String(index).padStart(3, '0')}`;
      const row = lines.find((line) => line.includes(`${serial.slice(-3)}-if00-port0`));
      expect(row, lines.join('\n')).toMatch(/ {2}FAIL {2,}.*WRONG_SIM/);
    }
  });

  it('calls ports by the names of their slots, whole also on a narrow screen', () => {
    const path = (index: number) => `/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A502800${index}-if00-port0`;
    const names = ['left', 'line-1.slot-07_a.b12', '\u5de5\u4f4d3'];
    const statuses = [
      finished(path(1), { slot: names[0] }),
      finished(path(2), { slot: names[1], ...WRONG_SIM }),
      status(path(3), { slot: names[2] }),
    ];
    const recent = [{ at: NOON - 1000, result: result(path(1), { slot: names[0] }) }];
    const frame = (columns: number, rows: number) =>
      screenLines(picture({ statuses, recent }), { columns, rows }, noPaint).join('\n');
    expect(`\n${frame(79, 12)}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada   ledger factory.db

      port                  state           IMEI
      left                    PASS          861326070275653  take the module off
      line-1.slot-07_a.b12    FAIL          861326070275653  WRONG_SIM
          the ICCID 89860321 does not begin with 898604
          > put in a SIM of this batch, then start the module again
      工位3                 waiting         -

       passed 0    failed 0    500 triples left   - an hour   already 0   7:30
      11:59:59   PASS      left  861326070275653  meter-0001  7.2 s
      Ctrl-C: no new modules, units under way end as INTERRUPTED
      "
    `);
    expect(`\n${frame(50, 9)}\n`).toMatchInlineSnapshot(`
      "
      atmqtt provision   station line-1   operator ada..

      line-1.slot-07_a.b12    FAIL          WRONG_SIM
      and 2 ports more: 1 waiting, 1 done, take off left
       passed 0    failed 0    500 triples left   - an..
      11:59:59   PASS      left  861326070275653  mete..
      Ctrl-C: no new modules, units under way end as I..
      "
    `);
    expect(frame(100, 60)).toMatch(/^\| {4}P A S S {4}\| {2}IMEI/m);
    expect(frame(100, 60)).toContain('+---------------+  left  0:07\n');
    for (const size of [
      [100, 60],
      [79, 12],
      [50, 9],
      [30, 7],
    ] as const) {
      const text = frame(size[0], size[1]);
      expect(text).toContain(names[1]);
      expect(text).toContain('left');
      expect(text).not.toContain('usb-FTDI');
    }
  });

  it('paints results and totals by what they mean', () => {
    const lines = screenLines(picture(SHIFT), { columns: 100, rows: 22 }, MARKED).join('\n');
    expect(lines).toContain('<good>  PASS  </good>');
    expect(lines).toContain('<bad>  FAIL  </bad>');
    expect(lines).toContain('<busy>connecting</busy>');
    expect(lines).toContain('<faint>waiting</faint>');
    expect(lines).toContain('<good> passed 12 </good>  <bad> failed 1 </bad>');
    expect(lines).toContain('<strong>    > put in a SIM of this batch, then start the module again</strong>');
  });

  it('warns of a pool that runs dry, and is silent about one that the cloud fills', () => {
    const line = (left: number | undefined) =>
      screenLines(picture({ totals: { ...NO_TOTALS, left } }), WIDE, MARKED).at(-2);
    expect(line(20)).toContain('   20 triples left   - an hour   ');
    expect(line(19)).toContain('<busy> 19 triples left </busy>');
    expect(line(1)).toContain('<busy> 1 triple left </busy>');
    expect(line(0)).toContain('<bad> 0 triples left </bad>');
    expect(line(undefined)).toContain('</strong>   - an hour   already 0   7:30');
  });

  it('says that it is ending', () => {
    const last = (stopping: boolean) => screenLines(picture({ stopping }), WIDE, noPaint).at(-1);
    expect(last(false)).toBe('Ctrl-C: no new modules, units under way end as INTERRUPTED');
    expect(last(true)).toBe(
      'ending: no new modules, units under way end as INTERRUPTED; Ctrl-C again ends at once',
    );
  });

  it('fits every screen, whatever is on it', () => {
    const nasty = 'x\x1b[31m \u4e2d\u6587\u5b57\u7b26 \u202e e\u0301 \u{1f600} '.repeat(9);
    const statuses = Array.from({ length: 40 }, (_, index) =>
      index % 3 === 0
        ? finished(`/dev/\u7aef\u53e3${index}`, {
            ...WRONG_SIM,
            reason: { code: 'WRONG_SIM', message: nasty },
            deviceName: 'd'.repeat(32),
          })
        : status(`/dev/serial/by-id/usb-${'y'.repeat(index)}`, { note: nasty }),
    );
    const recent = [{ at: NOON, note: nasty }];
    for (let columns = 1; columns <= 200; columns += 13) {
      for (const rows of [1, 2, 3, 5, 9, 24, 50, 300]) {
        const lines = screenLines(
          picture({ statuses: statuses.slice(0, rows), recent }),
          { columns, rows },
          noPaint,
        );
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) {
          expect(textWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
        }
      }
    }
  });
});
