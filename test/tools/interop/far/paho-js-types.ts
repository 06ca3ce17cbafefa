/** The part of Paho JavaScript that is used; it brings no types of its own. */
export interface PahoMessage {
  destinationName: string;
  readonly payloadBytes: Uint8Array;
  qos: number;
  retained: boolean;
}

export interface PahoClient {
  onMessageArrived: (message: PahoMessage) => void;
  onMessageDelivered: (message: PahoMessage) => void;
  connect(options: {
    readonly cleanSession: boolean;
    readonly mqttVersion: 3 | 4;
    readonly userName?: string;
    readonly password?: string;
    readonly willMessage?: PahoMessage;
    onSuccess(): void;
    onFailure(error: { readonly errorMessage: string }): void;
  }): void;
  subscribe(
    filter: string,
    options: {
      readonly qos: number;
      onSuccess(): void;
      onFailure(error: { readonly errorCode: number }): void;
    },
  ): void;
  send(message: PahoMessage): void;
  disconnect(): void;
  isConnected(): boolean;
}

export interface PahoLibrary {
  readonly Client: new (host: string, port: number, path: string, clientId: string) => PahoClient;
  readonly Message: new (payload: Uint8Array) => PahoMessage;
}

/** A WebSocket of `ws`, which unlike that of a browser can be torn. */
export interface TerminableSocket {
  terminate(): void;
}
