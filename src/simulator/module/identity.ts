/** Who a module says it is. */
export interface Identity {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** The full name of the firmware, where the vendor has a command for it. */
  readonly firmware: string;
  /** 15 digits. */
  readonly imei: string;
  /** As the module gives it: `iccidOf` reads 10 to 20 nibbles. */
  readonly iccid: string;
  /** 15 digits. */
  readonly imsi: string;
}
