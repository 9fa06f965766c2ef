import { PickType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsTime } from '../platform/http/is-time.decorator.js';
import { PostbackListQuery } from './postbacks.dto.js';

export class PostbackExportQuery extends PickType(PostbackListQuery, [
  'networkId',
  'verdict',
  'reason',
  'clickId',
] as const) {
  /** Received at or after. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Received before. */
  @IsOptional()
  @IsTime()
  to?: string;
}
