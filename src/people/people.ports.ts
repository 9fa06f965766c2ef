import { declarePort } from '../platform/ports/port.js';

/** How people are told about a browser. */
export interface ClientDescription {
  /** Such as `Chrome on Windows`. */
  device: string;
  /** City and country, such as `Berlin, DE`. `null` when they are not known. */
  place: string | null;
}

/** Describes a browser by its address and `User-Agent`. Never throws. */
export type DescribeClient = (ip: string, userAgent: string) => Promise<ClientDescription>;

export const DESCRIBE_CLIENT = declarePort<DescribeClient>('description of clients');
