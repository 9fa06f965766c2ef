import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import { EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';
import type { RepeatPolicy } from '../network.schema.js';
import { DefaultsRequest, NetworkMappingResponse } from '../networks.dto.js';
import { PRESET_KINDS, type PresetKind } from './preset.js';

export class NetworkPresetsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Text in the name or id.', type: String })
  @IsOptional()
  @IsString()
  @Length(0, 100)
  q?: string;
}

export class PresetLimitsResponse {
  /** It calls `http://` only. */
  httpOnly: boolean;
  /** It can not say an amount. */
  staticPayout: boolean;
  /** How late its postbacks come, where that is known. */
  @ApiProperty({ type: String, nullable: true })
  batched: string | null;
}

export class PresetUrlResponse {
  /** The event whose field at the network it belongs into; `null`: it is for all. */
  @ApiProperty({ type: String, nullable: true, enum: EVENT_TYPES })
  event: string | null;
  /** Canonical name → the network's macro, or a fixed word. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params: Record<string, string>;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class NetworkPresetResponse {
  /** @example "keitaro" */
  id: string;
  name: string;
  @ApiProperty({ enum: PRESET_KINDS })
  kind: PresetKind;
  /** Whether its facts were read with the vendor or in a public receiver's source. */
  verified: boolean;
  /** What of it is hearsay all the same. */
  @ApiProperty({ type: [String] })
  unverifiedParts: string[];
  /** Where its facts were read. */
  source: string;
  /** The query parameter in which links to it carry the click id. */
  clickIdParam: string;
  /**
   * How it writes macros.
   * @example "#x#"
   */
  macroSyntax: string;
  /** Canonical name → macro. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  macros: Record<string, string>;
  mapping: NetworkMappingResponse;
  defaults: DefaultsRequest;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  repeats: Record<string, RepeatPolicy>;
  limits: PresetLimitsResponse;
  @ApiProperty({ type: [PresetUrlResponse] })
  postbackUrls: PresetUrlResponse[];
  /** What to check once it is set up. */
  @ApiProperty({ type: [String] })
  checks: string[];
}

export class NetworkPresetListResponse {
  data: NetworkPresetResponse[];
  page: PageInfo;
}
