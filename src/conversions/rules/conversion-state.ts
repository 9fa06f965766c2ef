import type { Conversion } from '../conversion.schema.js';

/** A conversion without its workspace, as the rules use it. */
export type ConversionState = Omit<Conversion, 'workspaceId'>;
