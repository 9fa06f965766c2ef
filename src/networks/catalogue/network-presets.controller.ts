import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { toListResponse } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { NetworkPresetListResponse, NetworkPresetResponse, NetworkPresetsQuery } from './network-presets.dto.js';
import { PresetCatalogue } from './preset-catalogue.service.js';
import type { Preset } from './preset.js';

/** Presets of networks; they are the same for every workspace. */
@ApiTags('networks')
@ApiBearerAuth()
@Controller('api/v1/network-presets')
export class NetworkPresetsController {
  constructor(private readonly presets: PresetCatalogue) {}

  @Get()
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the presets for networks, by name' })
  list(@Query() query: NetworkPresetsQuery): NetworkPresetListResponse {
    return toListResponse(this.presets.search(query.q ?? '', query), ({ _id, ...preset }) => toResponse(preset));
  }

  @Get(':id')
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read a preset' })
  read(@Param('id') id: string): NetworkPresetResponse {
    const preset = this.presets.find(id);
    if (!preset) throw new ProblemException('not_found', 'There is no such preset.');
    return toResponse(preset);
  }
}

function toResponse(full: Preset): NetworkPresetResponse {
  const { samples: _, ...preset } = full;
  return {
    ...preset,
    defaults: preset.defaults as NetworkPresetResponse['defaults'],
    postbackUrls: preset.postbackUrls.map(({ note = null, ...url }) => ({ ...url, note })),
  };
}
