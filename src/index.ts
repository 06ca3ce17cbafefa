export type {
  Command,
  CommandPort,
  ExecuteOptions,
  Priority,
  RawOptions,
  RawResponse,
} from './at/command.js';
export type { Urc } from './at/urc.js';
export { Client } from './client/client.js';
export type {
  ClientEvents,
  ClientStats,
  EndOptions,
  Packet,
  PublishOptions,
  RecoveryStep,
  SubscribeOptions,
} from './client/client-types.js';
export type { WaitOptions } from './client/delivery.js';
export { MessageStream } from './client/inbox.js';
export type { AskLogin, Login } from './client/login.js';
export type { ConnectOptions } from './client/options.js';
export type { OutboxMessage, OutboxStats } from './client/outbox/entry.js';
export type { OutboxOptions } from './client/outbox/options.js';
export type { Publishing } from './client/outbox/publishing.js';
export type { RecoveryStage, Rung } from './client/recovery/ladder.js';
export type { ProbeOptions, RecoveryOptions } from './client/recovery/options.js';
export type { BrokerRules } from './client/rules.js';
export type { WillOptions } from './client/session-options.js';
export type { SubscribeTopics } from './client/subscriptions.js';
export type { AliyunLoginOptions } from './cloud/aliyun/login-options.js';
export { type RegisterOverHttpOptions, registerOverHttp } from './cloud/aliyun/register-http.js';
export { type RegisterOverModuleOptions, registerOverModule } from './cloud/aliyun/register-module.js';
export type { RegistrationTarget } from './cloud/aliyun/register-target.js';
export type {
  BrokerAddress,
  Degradation,
  DeviceTriple,
  Publication,
  Qos,
  SessionOptions,
  TopicFilter,
  Will,
} from './dialects/dialect.js';
export { openModem } from './dialects/open-modem.js';
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
export type { ModemEvents } from './modem/events.js';
export type { Identity } from './modem/identity.js';
export { Modem } from './modem/modem.js';
export type { ModemStats } from './modem/modem-stats.js';
export type { Cell, CellKind } from './modem/module-kind.js';
export type { WaitOptions as NetworkWaitOptions } from './modem/network.js';
export type { OpenModemOptions } from './modem/open-options.js';
export type { Registration } from './modem/registration.js';
export type { Signal, SignalLevel, SignalOptions } from './modem/signal.js';
export type { SimState, SimStatus } from './modem/sim.js';
export type {
  AliyunLedgerOptions,
  AliyunOptions,
  AliyunTripleOptions,
  CloudConnectOptions,
} from './provisioning/aliyun-options.js';
export { connect } from './provisioning/connect.js';
export { listPorts, type PortInfo } from './transport/list-ports.js';
export { openTransport, registerScheme, type TransportSource } from './transport/open.js';
export type { OpenOptions } from './transport/open-within.js';
export { formatTrace, type TraceEntry, traced } from './transport/trace.js';
export { parseTraceLine, type TraceLine } from './transport/trace-format.js';
export { type LineControl, type LineState, lineControl, type OutputLines } from './transport/transport.js';
export type { HistogramSummary } from './util/histogram.js';
