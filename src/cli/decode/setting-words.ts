import {
  CLOUD_ALIBABA,
  CLOUD_JSON,
  CLOUD_PLAIN,
  isNoTriple,
} from '../../dialects/lmqtt/settings/cloud-settings.js';
import type { WireFormat } from '../../dialects/lmqtt/settings/message-settings.js';
import type { SettingValues } from '../../dialects/lmqtt/settings/settings.js';

const FORMATS: Readonly<Record<WireFormat, string>> = { 0: 'text', 1: 'a string as hex', 2: 'hex text' };

/** A setting of LMQTTCFG in words; the secret of a triple is not among them. */
export function settingWords(setting: SettingValues): string {
  switch (setting.key) {
    case 'keepalive':
      return setting.seconds === 0 ? 'no keepalive' : `keepalive ${setting.seconds} s`;
    case 'session':
      return setting.clean ? 'clean session' : 'the broker keeps the session';
    case 'timeout':
      return `packets are repeated ${setting.retries} times, ${setting.packetTimeout} s apart`;
    case 'version':
      return setting.version === 3 ? 'MQTT 3.1' : 'MQTT 3.1.1';
    case 'will':
      return setting.will === null ? 'no will' : `will on ${setting.will.topic}, QoS ${setting.will.qos}`;
    case 'cache':
      return setting.announceOnly ? 'messages are only announced' : 'messages are carried by RECV';
    case 'dataformat':
      return `payloads go out as ${FORMATS[setting.send]}, come as ${FORMATS[setting.receive]}`;
    case 'send/mode':
      return `payloads go out as ${FORMATS[setting.format]}`;
    case 'recv/mode':
      return `payloads come as ${FORMATS[setting.format]}${setting.showLength ? ', with their length' : ''}`;
    case 'urc':
      return `result URCs ${setting.enabled ? 'on' : 'off'}`;
    case 'raimode':
      return `release assistance ${setting.mode}`;
    case 'sslenable':
      return setting.enabled ? `TLS on, context ${setting.context}` : 'TLS off';
    case 'cloud':
      return cloudWords(setting.type, setting.dataType);
    case 'aliauth':
      return isNoTriple(setting)
        ? 'no triple'
        : `device ${setting.deviceName} of product ${setting.productKey}`;
  }
}

function cloudWords(type: number, dataType: number): string {
  if (type === CLOUD_PLAIN) return 'no cloud, the login is that of LMQTTCONN';
  const cloud = type === CLOUD_ALIBABA ? 'Alibaba Cloud, the module signs its login' : `cloud type ${type}`;
  return `${cloud}, ${dataType === CLOUD_JSON ? 'JSON' : `data type ${dataType}`}`;
}
