export type { RawResponse } from './at/command-port.js';
export { Client } from './client/client.js';
export type { ClientStats, EndOptions, PublishOptions, SubscribeOptions } from './client/client-types.js';
export type { ClientEvents, Packet, RecoveryStep } from './client/events.js';
export type { AskLogin, Login } from './client/login.js';
export { MessageStream } from './client/message-stream.js';
export type { ConnectOptions } from './client/options.js';
export type { OutboxMessage } from './client/outbox/entry.js';
export type { OutboxOptions } from './client/outbox/options.js';
export type { Publishing } from './client/outbox/publishing.js';
export type { RecoveryOptions } from './client/recovery/options.js';
export type { ProbeOptions } from './client/recovery/probe-options.js';
export type { RecoveryStage, Rung } from './client/recovery/rungs.js';
export type { BrokerRules } from './client/rules.js';
export type { WillOptions } from './client/session-options.js';
export type { AliyunLoginOptions } from './cloud/aliyun/login-options.js';
export { type RegisterOverHttpOptions, registerOverHttp } from './cloud/aliyun/register-http.js';
export { type RegisterOverModuleOptions, registerOverModule } from './cloud/aliyun/register-module.js';
export type { RegistrationTarget } from './cloud/aliyun/register-target.js';
export type { Degradation, DeviceTriple, Qos } from './dialects/dialect.js';
export { ERROR_CODES, type ErrorCode } from './errors/codes.js';
export {
  ArgumentError,
  CommandError,
  ConnectionClosedError,
  ModuleRebootedError,
  MqttError,
  SerialServerError,
  type Stage,
  TimeoutError,
} from './errors/kinds.js';
export { ModemError } from './errors/modem-error.js';
export { Modem } from './modem/modem.js';
export type { ModemStats } from './modem/modem-stats.js';
export { type OpenModemOptions, openModem } from './modem/open.js';
export type { Registration } from './modem/registration.js';
export type {
  AliyunLedgerOptions,
  AliyunOptions,
  AliyunTripleOptions,
  CloudConnectOptions,
} from './provisioning/aliyun-options.js';
export { connect } from './provisioning/connect.js';
export { listPorts, type PortInfo } from './transport/list-ports.js';
export { openTransport, registerScheme, type TransportSource } from './transport/open.js';
export { formatTrace, type TraceEntry, traced } from './transport/trace.js';
export { parseTraceLine, type TraceLine } from './transport/trace-format.js';
export { type LineControl, type LineState, lineControl, type OutputLines } from './transport/transport.js';
export type { HistogramSummary } from './util/histogram.js';
