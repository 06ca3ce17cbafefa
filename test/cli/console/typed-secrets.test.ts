import { describe, expect, it } from 'vitest';
import { mayBeKept } from '../../../src/cli/console/history.js';
import { maskTyped } from '../../../src/cli/console/typed-secrets.js';

describe('a line that was typed', () => {
  it.each([
    ['.connect -P Hunter22 -i me', '.connect -P *** -i me'],
    ['.connect -PHunter22', '.connect -P***'],
    ['.connect -cP Hunter22', '.connect -cP ***'],
    [`.connect -P "Hunter 22" -i 'a b'`, `.connect -P *** -i 'a b'`],
    ['.connect -P Hunter\\ 22 -i me', '.connect -P *** -i me'],
    ['.connect --pw=Hunter22', '.connect --pw=***'],
    ['.connect -b mqtt://u:Hunter22@h:1883 -c', '.connect -b mqtt://u:***@h:1883 -c'],
    ['.connect mqtt://u:Hunter/2@2@h', '.connect mqtt://u:***@h'],
    ['.macro con = .connect -P Hunter22', '.macro con = .connect -P ***'],
    ['.connect -P “Hunter 22” -i me', '.connect -P ***'],
    ['.connect –P Hunter22 -i me', '.connect –P *** -i me'],
    ['.connect —pw Hunter22', '.connect —pw ***'],
    ['.connect -P Hunter22 --device-secret Hunter22', '.connect -P *** --device-secret ***'],
    ['connect -P Hunter22', 'connect -P ***'],
    ['。connect -P Hunter22', '。connect -P ***'],
    [' .connect -P Hunter22', ' .connect -P ***'],
    ['.connect mqtt：//u：Hunter22@h', '.connect mqtt：//u:***@h'],
    ['AT+LMQTTCONN = 0,“c”,“u”,“Hunter22”', 'AT+LMQTTCONN***'],
    ["AT+CPIN ='Hunter22'", 'AT+CPIN***'],
    ['AT+LMQTTCONN=0,"c","u","Hunter22"', 'AT+LMQTTCONN=0,"c","u","***"'],
    ['AT+CGAUTH=1,1,"u","Hunter22"', 'AT+CGAUTH=***'],
  ])('%s is shown without its secret, and not kept', (line, shown) => {
    expect(maskTyped(line)).toBe(shown);
    expect(mayBeKept(line)).toBe(false);
  });

  it.each(['.connect -b mqtt://broker.example:1883 -i Pump', '.pub -r up/x {"mail":"a:b@c"}', 'AT+CSQ'])(
    '%s is shown and kept as it is',
    (line) => {
      expect(maskTyped(line)).toBe(line);
      expect(mayBeKept(line)).toBe(true);
    },
  );
});
