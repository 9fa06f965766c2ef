import { PickType } from '@nestjs/swagger';
import { ConversionListQuery } from './conversions.dto.js';

export class ConversionExportQuery extends PickType(ConversionListQuery, [
  'eventType',
  'status',
  'linkId',
  'networkId',
  'clickId',
  'txid',
  'from',
  'to',
] as const) {}
