import { describe, expect, it } from 'vitest';
import { linesOf, readTranscript, transcriptNames } from './transcript.js';

describe('transcripts', () => {
  it('keeps the steps in order and turns the escapes into bytes', () => {
    expect(readTranscript('publish-data-mode')).toEqual({
      source: 'M, C. Prompt without a line end, exactly 6 raw bytes, no Ctrl-Z',
      steps: [
        { direction: '>', bytes: Buffer.from('AT+LMQTTPUB=0,9,1,0,"bin/up",6\r\n') },
        { direction: '<', bytes: Buffer.from('\r\n> ') },
        { direction: '>', bytes: Buffer.from([0x00, 0x0d, 0x0a, 0x1a, 0x22, 0xff]) },
        { direction: '<', bytes: Buffer.from('\r\nOK\r\n') },
        { direction: '<', bytes: Buffer.from('\r\n+LMQTTPUB: 0,9,0\r\n') },
      ],
    });
  });

  it('gives the lines of one direction', () => {
    expect(linesOf('open-fails-dns', '<')).toEqual(['OK', '+LMQTTOPEN: 0,-1,4']);
  });

  it.each(transcriptNames())('%s names its source by tags', (name) => {
    const { source, steps } = readTranscript(name);
    expect(source).toMatch(/^[MTCA](?=[,. ])/);
    expect(steps).not.toEqual([]);
  });
});
