/** What bytes are that are neither lines nor payloads. */
export function noiseWords({
  bytes,
  filler,
}: {
  readonly bytes: number;
  readonly filler?: 'sent' | 'echo';
}): string {
  const count = bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (filler === 'echo') return `${count} of ESC and CR come back as an echo`;
  return filler === 'sent'
    ? `${count} of ESC and CR, in case the module waits for the rest of a payload`
    : `${count} that no line can be made of`;
}
