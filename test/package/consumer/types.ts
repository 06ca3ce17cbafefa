import type {
  AliyunLedgerOptions,
  AliyunLoginOptions,
  AliyunOptions,
  AliyunTripleOptions,
  AskLogin,
  BrokerRules,
  ClientEvents,
  ClientStats,
  CloudConnectOptions,
  ConnectOptions,
  Degradation,
  DeviceTriple,
  EndOptions,
  ErrorCode,
  HistogramSummary,
  Login,
  ModemStats,
  OpenModemOptions,
  OutboxMessage,
  OutboxOptions,
  Packet,
  PortInfo,
  ProbeOptions,
  Publishing,
  PublishOptions,
  Qos,
  RawResponse,
  RecoveryOptions,
  RecoveryStage,
  RecoveryStep,
  RegisterOverHttpOptions,
  RegisterOverModuleOptions,
  Registration,
  RegistrationTarget,
  Rung,
  Stage,
  SubscribeOptions,
  TraceEntry,
  TraceLine,
  TransportSource,
  WillOptions,
} from 'atmqtt';
import type { NetworkState, SimulatedModemEvents, SimulatedModemOptions } from 'atmqtt/simulator';
import type {
  AliyunCloud,
  AliyunCloudEvents,
  AliyunCloudOptions,
  CloudDevice,
  CloudProduct,
  DeviceEntry,
  DeviceLogin,
  DeviceMessage,
  KickReason,
  LoginRefusal,
  OfflineReason,
} from 'atmqtt/simulator/aliyun';
import type { EmbeddedBroker, EmbeddedBrokerOptions } from 'atmqtt/simulator/broker';
import type { Mismatch, TracePlayerEvents, TracePlayerOptions } from 'atmqtt/simulator/trace-player';

/** Each type of the package. */
interface Types {
  AliyunLedgerOptions: AliyunLedgerOptions;
  AliyunLoginOptions: AliyunLoginOptions;
  AliyunOptions: AliyunOptions;
  AliyunTripleOptions: AliyunTripleOptions;
  AskLogin: AskLogin;
  BrokerRules: BrokerRules;
  ClientEvents: ClientEvents;
  ClientStats: ClientStats;
  CloudConnectOptions: CloudConnectOptions;
  ConnectOptions: ConnectOptions;
  Degradation: Degradation;
  DeviceTriple: DeviceTriple;
  EndOptions: EndOptions;
  ErrorCode: ErrorCode;
  HistogramSummary: HistogramSummary;
  Login: Login;
  ModemStats: ModemStats;
  OpenModemOptions: OpenModemOptions;
  OutboxMessage: OutboxMessage;
  OutboxOptions: OutboxOptions;
  Packet: Packet;
  PortInfo: PortInfo;
  ProbeOptions: ProbeOptions;
  Publishing: Publishing;
  PublishOptions: PublishOptions;
  Qos: Qos;
  RawResponse: RawResponse;
  RecoveryOptions: RecoveryOptions;
  RecoveryStage: RecoveryStage;
  RecoveryStep: RecoveryStep;
  RegisterOverHttpOptions: RegisterOverHttpOptions;
  RegisterOverModuleOptions: RegisterOverModuleOptions;
  Registration: Registration;
  RegistrationTarget: RegistrationTarget;
  Rung: Rung;
  Stage: Stage;
  SubscribeOptions: SubscribeOptions;
  TraceEntry: TraceEntry;
  TraceLine: TraceLine;
  TransportSource: TransportSource;
  WillOptions: WillOptions;
  NetworkState: NetworkState;
  SimulatedModemEvents: SimulatedModemEvents;
  SimulatedModemOptions: SimulatedModemOptions;
  AliyunCloud: AliyunCloud;
  AliyunCloudEvents: AliyunCloudEvents;
  AliyunCloudOptions: AliyunCloudOptions;
  CloudDevice: CloudDevice;
  CloudProduct: CloudProduct;
  DeviceEntry: DeviceEntry;
  DeviceLogin: DeviceLogin;
  DeviceMessage: DeviceMessage;
  KickReason: KickReason;
  LoginRefusal: LoginRefusal;
  OfflineReason: OfflineReason;
  EmbeddedBroker: EmbeddedBroker;
  EmbeddedBrokerOptions: EmbeddedBrokerOptions;
  Mismatch: Mismatch;
  TracePlayerEvents: TracePlayerEvents;
  TracePlayerOptions: TracePlayerOptions;
}

type IsAny<T> = 0 extends 1 & T ? true : false;

/** The names of those that are `any`: what they are made of was not found. */
type Lost = { [Name in keyof Types]: IsAny<Types[Name]> extends true ? Name : never }[keyof Types];

/** Compiles as long as nothing is lost, and else names it. */
export const LOST: [Lost] extends [never] ? 'nothing' : Lost = 'nothing';
