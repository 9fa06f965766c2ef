import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import { EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';
import { NetworkLimitsResponse, NetworkSendsResponse } from '../network-facts.dto.js';
import type { RepeatPolicy } from '../network.schema.js';
import { DefaultsRequest, NetworkMappingResponse } from '../networks.dto.js';
import { PRESET_KINDS, type PresetKind } from './preset.js';

export class NetworkPresetsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Text that the name or id must contain.', type: String })
  @IsOptional()
  @IsString()
  @Length(0, 100)
  q?: string;
}

export class PresetUrlResponse {
  /** The event for which the network has a field for this URL; `null`: the URL is for all events. */
  @ApiProperty({ type: String, nullable: true, enum: EVENT_TYPES })
  event: string | null;
  /** Canonical name → the network's macro, or a fixed value. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params: Record<string, string>;
  /**
   * The URL that a network of this preset would have, with `***` in place of its key.
   * @example "https://go.brand.com/postback/***?click_id={external_id}&status={status}"
   */
  url: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class NetworkPresetResponse {
  /** @example "keitaro" */
  id: string;
  name: string;
  @ApiProperty({ enum: PRESET_KINDS })
  kind: PresetKind;
  /** Whether the facts come from the vendor's documentation or a public receiver's source code. */
  verified: boolean;
  /** Parts of the preset that are not verified. */
  @ApiProperty({ type: [String] })
  unverifiedParts: string[];
  /** Source of the facts. */
  source: string;
  /** The query parameter in which links to the network carry the click id. */
  clickIdParam: string;
  /**
   * The form of the network's macros.
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
  sends: NetworkSendsResponse;
  limits: NetworkLimitsResponse;
  @ApiProperty({ type: [PresetUrlResponse] })
  postbackUrls: PresetUrlResponse[];
  /** Points to check after the setup. */
  @ApiProperty({ type: [String] })
  checks: string[];
}

export class NetworkPresetListResponse {
  data: NetworkPresetResponse[];
  page: PageInfo;
}
