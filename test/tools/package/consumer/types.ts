import type {
  AliyunLedgerOptions,
  AliyunLoginOptions,
  AliyunOptions,
  AliyunTripleOptions,
  AskLogin,
  BrokerAddress,
  BrokerRules,
  Cell,
  CellKind,
  ClientEvents,
  ClientStats,
  CloudConnectOptions,
  Command,
  CommandPort,
  ConnectOptions,
  Degradation,
  DeviceTriple,
  EndOptions,
  ErrorCode,
  ExecuteOptions,
  HistogramSummary,
  Identity,
  LineControl,
  LineState,
  Login,
  ModemEvents,
  ModemStats,
  NetworkWaitOptions,
  OpenModemOptions,
  OpenOptions,
  OutboxMessage,
  OutboxOptions,
  OutboxStats,
  OutputLines,
  Packet,
  PortInfo,
  Priority,
  ProbeOptions,
  Publication,
  Publishing,
  PublishOptions,
  Qos,
  RawOptions,
  RawResponse,
  RecoveryOptions,
  RecoveryStage,
  RecoveryStep,
  RegisterOverHttpOptions,
  RegisterOverModuleOptions,
  Registration,
  RegistrationTarget,
  Rung,
  SessionOptions,
  Signal,
  SignalLevel,
  SignalOptions,
  SimState,
  SimStatus,
  Stage,
  SubscribeOptions,
  SubscribeTopics,
  TopicFilter,
  TraceEntry,
  TraceLine,
  TransportSource,
  Urc,
  WaitOptions,
  Will,
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
  BrokerAddress: BrokerAddress;
  BrokerRules: BrokerRules;
  Cell: Cell;
  CellKind: CellKind;
  ClientEvents: ClientEvents;
  ClientStats: ClientStats;
  CloudConnectOptions: CloudConnectOptions;
  Command: Command<unknown, unknown>;
  CommandPort: CommandPort;
  ConnectOptions: ConnectOptions;
  Degradation: Degradation;
  DeviceTriple: DeviceTriple;
  EndOptions: EndOptions;
  ErrorCode: ErrorCode;
  ExecuteOptions: ExecuteOptions;
  HistogramSummary: HistogramSummary;
  Identity: Identity;
  LineControl: LineControl;
  LineState: LineState;
  Login: Login;
  ModemEvents: ModemEvents;
  ModemStats: ModemStats;
  NetworkWaitOptions: NetworkWaitOptions;
  OpenModemOptions: OpenModemOptions;
  OpenOptions: OpenOptions;
  OutboxMessage: OutboxMessage;
  OutboxOptions: OutboxOptions;
  OutboxStats: OutboxStats;
  OutputLines: OutputLines;
  Packet: Packet;
  PortInfo: PortInfo;
  Priority: Priority;
  ProbeOptions: ProbeOptions;
  Publication: Publication;
  PublishOptions: PublishOptions;
  Publishing: Publishing;
  Qos: Qos;
  RawOptions: RawOptions;
  RawResponse: RawResponse;
  RecoveryOptions: RecoveryOptions;
  RecoveryStage: RecoveryStage;
  RecoveryStep: RecoveryStep;
  RegisterOverHttpOptions: RegisterOverHttpOptions;
  RegisterOverModuleOptions: RegisterOverModuleOptions;
  Registration: Registration;
  RegistrationTarget: RegistrationTarget;
  Rung: Rung;
  SessionOptions: SessionOptions;
  Signal: Signal;
  SignalLevel: SignalLevel;
  SignalOptions: SignalOptions;
  SimState: SimState;
  SimStatus: SimStatus;
  Stage: Stage;
  SubscribeOptions: SubscribeOptions;
  SubscribeTopics: SubscribeTopics;
  TopicFilter: TopicFilter;
  TraceEntry: TraceEntry;
  TraceLine: TraceLine;
  TransportSource: TransportSource;
  Urc: Urc<unknown>;
  WaitOptions: WaitOptions;
  Will: Will;
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
