import { isNoTriple, type SettingKey, type SettingValues, type WireFormat } from '../settings.js';

type ValuesOf<K extends SettingKey> = Extract<SettingValues, { readonly key: K }>;

/** What a module starts with. `keepalive` and `session`: lmqtt.md 2 [M]; the others are not documented [A]. */
const DEFAULTS: { readonly [K in SettingKey]?: ValuesOf<K> } = {
  keepalive: { key: 'keepalive', seconds: 120 },
  session: { key: 'session', clean: false },
  timeout: { key: 'timeout', packetTimeout: 60, retries: 3, notice: false },
  version: { key: 'version', version: 4 },
  will: { key: 'will', will: null },
  cache: { key: 'cache', announceOnly: false },
  dataformat: { key: 'dataformat', send: 0, receive: 0 },
  'send/mode': { key: 'send/mode', format: 0 },
  'recv/mode': { key: 'recv/mode', format: 0, showLength: false },
  urc: { key: 'urc', enabled: false },
  raimode: { key: 'raimode', mode: 0 },
  sslenable: { key: 'sslenable', enabled: false, context: 0 },
  cloud: { key: 'cloud', type: 0, dataType: 0 },
};

/** lmqtt.md 2 [M]. */
const BEFORE_OPEN: ReadonlySet<SettingKey> = new Set(['will', 'session', 'keepalive', 'aliauth']);

/** Whether a setting must be written before LMQTTOPEN. */
export function mustPrecedeOpen(key: SettingKey): boolean {
  return BEFORE_OPEN.has(key);
}

/** What firmware that keeps a triple keeps; which keys these would be is not known of any [A]. */
const KEPT: ReadonlySet<SettingKey> = new Set(['cloud', 'aliauth']);

/** Settings in the module's flash, which outlive LMQTTCLOSE and the power. */
export type Flash = Map<SettingKey, SettingValues>;

/** What LMQTTCFG has set; all of it dies with LMQTTCLOSE [T], but for what the module has flash for [A]. */
export class Settings {
  readonly #written = new Map<SettingKey, SettingValues>();
  readonly #flash: Flash | undefined;

  /** Without `flash` nothing is kept. */
  constructor(flash?: Flash) {
    this.#flash = flash;
  }

  write(values: SettingValues): void {
    const store = KEPT.has(values.key) ? (this.#flash ?? this.#written) : this.#written;
    // An empty triple is none [A].
    if (values.key === 'aliauth' && isNoTriple(values)) store.delete(values.key);
    else store.set(values.key, values);
    if (values.key === 'dataformat') this.#applyDataFormat(values);
  }

  /** The values of a key, or undefined if it has neither values nor defaults. */
  find<K extends SettingKey>(key: K): ValuesOf<K> | undefined {
    return (this.#written.get(key) ?? this.#flash?.get(key) ?? DEFAULTS[key]) as ValuesOf<K> | undefined;
  }

  /** The values of a key that has defaults. */
  get<K extends Exclude<SettingKey, 'aliauth'>>(key: K): ValuesOf<K> {
    return this.find(key) as ValuesOf<K>;
  }

  forget(): void {
    this.#written.clear();
  }

  /** `dataformat` sets at once what `send/mode` and `recv/mode` set one by one [A]. */
  #applyDataFormat({ send, receive }: { send: WireFormat; receive: WireFormat }): void {
    this.write({ key: 'send/mode', format: send });
    this.write({ ...this.get('recv/mode'), format: receive });
  }
}
