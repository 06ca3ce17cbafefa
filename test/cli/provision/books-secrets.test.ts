import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { IMEIS, makeLedger, PRODUCT_KEY, provision, SECRETS } from './books-fixture.js';

let folder: string;
let ledger: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
  await makeLedger(ledger, 2, async (books) => {
    const product = { productKey: PRODUCT_KEY, productSecret: SECRETS[2], nameTemplate: 'dev-{imei}' };
    books.setProduct(product, { operator: 'ida' });
    await provision(books, IMEIS[0]);
    // What a module answers may hold what it was given.
    const message = `AT+LMQTTCFG="aliauth",0,"${PRODUCT_KEY}","meter-0002","${SECRETS[0]}1": ERROR`;
    await provision(books, IMEIS[1], {}, { code: 'WRITE_REFUSED', message });
    const attempt = books.enlist({ station: 's', operator: 'o' }).attempt({ imei: IMEIS[2] }, 'COM1');
    attempt.reserve();
    await attempt.step('register', async () => {});
    attempt.registered(SECRETS[1]);
    attempt.written();
    await attempt.step('prove', async () => {});
    attempt.verified();
    attempt.pass();
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Each command in each of its formats; `%` stands for a new file. */
const COMMANDS = [
  ...['status', 'status --json', 'report', 'report --json', 'report --format csv'],
  ...[
    'report -o %.txt',
    'report -o %.csv',
    'report -o %.json',
    `audit ${IMEIS[0]}`,
    `audit ${IMEIS[1]} --json`,
  ],
  ...[`audit ${IMEIS[1]} --debug`, `audit ${IMEIS[2]}`, `audit dev-${IMEIS[2]} --json`, 'audit meter-0002'],
  ...['labels --all-verified -o %.csv', 'labels --all-verified -o %.svg', 'export -o %.csv --json'],
  ...[
    'export --repeat 1 -o %.json',
    `release --imei ${IMEIS[1]} --reason gone --yes`,
    'audit meter-0002 --json',
  ],
  ...[`release --imei ${IMEIS[0]} --reason gone --yes --json --debug`, 'status --json --debug'],
];

it('No command of the books tells a secret, in any format, on any stream, in any file.', async () => {
  for (const [index, command] of COMMANDS.entries()) {
    const words = command.replace('%', join(folder, `out-${index}`)).split(' ');
    const { code, stdout, stderr } = await runCli(['provision', ...words, '--ledger', ledger]);
    expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' });
    expectNoSecret(command, String(stdout) + stderr);
  }
  const files = readdirSync(folder).filter((name) => name.startsWith('out-'));
  expect(files).toHaveLength(7);
  for (const name of files) expectNoSecret(name, readFileSync(join(folder, name), 'utf8'));
});

function expectNoSecret(where: string, text: string): void {
  for (const secret of SECRETS)
    expect({ where, told: text.includes(secret) }).toEqual({ where, told: false });
}
