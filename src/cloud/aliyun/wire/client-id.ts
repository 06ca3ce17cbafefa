/** A client id of Alibaba Cloud: `<cid>|key=value,…|`; aliyun.md 1 [D]. */
export interface AliyunClientId {
  /** The part before the bar, at most 64 characters; it is signed. */
  readonly cid: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Longest `<cid>` in characters: aliyun.md 1 [D]. */
export const MAX_CID = 64;

/** In the order of the parameters; one without a value is left out. */
export function formatClientId(
  cid: string,
  parameters: Readonly<Record<string, string | number | undefined>>,
): string {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return `${cid}|${pairs.map(([key, value]) => `${key}=${value}`).join(',')}|`;
}

/** Parameters in any order, by key; undefined if there are no bars. Of a key that comes twice the first one counts [A]. */
export function parseClientId(text: string): AliyunClientId | undefined {
  const match = /^([^|]*)\|(.*)\|$/s.exec(text);
  if (match === null) return undefined;
  const parameters = new Map<string, string>();
  for (const pair of (match[2] ?? '').split(',')) {
    const [, key = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    if (key !== '' && !parameters.has(key)) parameters.set(key, value);
  }
  return { cid: match[1] ?? '', parameters };
}

/** `<dn>&<pk>`: aliyun.md 1 [D]. */
export function formatUsername(productKey: string, deviceName: string): string {
  return `${deviceName}&${productKey}`;
}

export function parseUsername(text: string): { productKey: string; deviceName: string } | undefined {
  const match = /^([^&]+)&([^&]+)$/.exec(text);
  return match === null ? undefined : { deviceName: match[1] ?? '', productKey: match[2] ?? '' };
}
