import { ArgumentError } from '../../errors/kinds.js';
import type { CloudOptions } from './command.js';

/** Whether a simulated cloud is asked for. */
export function wantsCloud({ cloud = [], cloudProduct = [] }: CloudOptions): boolean {
  return cloud.length + cloudProduct.length > 0;
}

/** Throws an `ArgumentError` for what means nothing without a cloud, or with a broker beside it. */
export function checkCloudOptions(options: CloudOptions & { readonly broker?: string }): void {
  const { broker, cloudFault, cloudPort, registrationPort, cloudCert, cloudKey } = options;
  if (wantsCloud(options)) {
    if (broker !== undefined)
      throw new ArgumentError('--broker', JSON.stringify(broker), 'left out beside --cloud');
    return;
  }
  const idle = { cloudFault, cloudPort, registrationPort, cloudCert, cloudKey };
  for (const [name, value] of Object.entries(idle)) {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value !== undefined)
      throw new ArgumentError(option, String(value), 'beside --cloud or --cloud-product');
  }
}
