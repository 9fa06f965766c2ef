import type { Conversion } from '../conversion.schema.js';

/** A conversion without its tenant: what the rules work on. */
export type ConversionState = Omit<Conversion, 'workspaceId'>;
