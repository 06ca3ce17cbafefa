import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.js';
import { kindOf } from './languages.js';
import { refusalOf } from './parse-command.js';
import { commandsOf, scriptOf } from './shell-lines.js';
import { linesOfSynopsis } from './synopsis.js';

const fence = '```';

describe('what the tests of the README read', () => {
  it('are its blocks, with language, heading and line', () => {
    const markdown = `# A\n\n${fence}sh\n# no heading\n${fence}\n## B \`c\`\n${fence}\nx\n\n${fence}\n`;
    expect(blocksOf(markdown)).toEqual([
      { language: 'sh', heading: 'A', line: 4, text: '# no heading\n' },
      { language: '', heading: 'B `c`', line: 8, text: 'x\n\n' },
    ]);
  });

  it.each([
    ['ts', 'x', 'code'],
    ['', 'x', 'text'],
    ['', '$ atmqtt sub', 'shell'],
    ['', 'cli   pub\natmqtt pub', 'shell'],
    ['cobol', 'x', undefined],
    ['toString', 'x', undefined],
  ])('are blocks of language "%s" with "%s" as %s', (language, text, kind) => {
    expect(kindOf({ language, text, heading: '', line: 1 })).toBe(kind);
  });

  it('are the commands that a shell would call, with what was exported to them', () => {
    const script = `a 'b c' "#d" e#f # g\nexport ATMQTT_X='1 2'\nb && c | d \\\n  e 2>/dev/null; ATMQTT_Y=3 f "$(g)"\n`;
    expect(commandsOf(script)).toEqual([
      { words: ['a', 'b c', '#d', 'e#f'], environment: {} },
      { words: ['b'], environment: { ATMQTT_X: '1 2' } },
      { words: expect.anything(), environment: { ATMQTT_X: '1 2' } },
      { words: expect.anything(), environment: { ATMQTT_X: '1 2' } },
      { words: ['g'], environment: { ATMQTT_X: '1 2' } },
      { words: ['f', ''], environment: { ATMQTT_X: '1 2', ATMQTT_Y: '3' } },
    ]);
    expect(() => commandsOf('a (b')).toThrow('syntax error');
  });

  it('is in a dialogue what was typed', () => {
    expect(scriptOf({ language: 'console', text: '$ a b\nanswer\n$ c\n' })).toBe('a b\nc\n');
  });

  it('are all lines that a synopsis stands for', () => {
    expect(linesOfSynopsis('a [b | c <d e>] [--f]')).toEqual([
      'a',
      'a --f',
      'a b',
      'a b --f',
      'a c x',
      'a c x --f',
    ]);
    expect(linesOfSynopsis('a b|c …')).toEqual(['a b', 'a c']);
    expect(linesOfSynopsis('a --b … c …')).toEqual(['a --b x c']);
    expect(linesOfSynopsis("a 'x | y' -t 'b/#'")).toEqual(["a 'x | y' -t 'b/#'"]);
  });

  it('are arguments that the program takes, and those that it refuses', async () => {
    expect(await refusalOf(['pub', '-t', 'x', '-m', 'y'])).toBeUndefined();
    expect(await refusalOf(['provision', 'status', '--help'])).toBeUndefined();
    expect(await refusalOf(['pub', '-t', 'x', '--topik', 'x'])).toContain("unknown option '--topik'");
    expect(await refusalOf(['publish'])).toContain("unknown command 'publish'");
    expect(await refusalOf(['provision', 'station'])).toContain("unknown command 'station'");
    expect(await refusalOf(['provision'])).toBeUndefined();
  });
});
