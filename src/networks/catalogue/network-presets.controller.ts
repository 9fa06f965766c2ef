import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { toListResponse } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { NetworkPresetListResponse, NetworkPresetResponse, NetworkPresetsQuery } from './network-presets.dto.js';
import { PresetCatalogue } from './preset-catalogue.service.js';
import { networkLimits, networkSends } from '../rules/network-sends.js';
import { postbackUrls } from '../rules/postback-urls.js';
import type { Preset } from './preset.js';

/** Stands in URLs for the key that a network does not have yet. */
const MASKED_KEY = '***';

/** Presets of networks; they are the same for every workspace. */
@ApiTags('networks')
@ApiBearerAuth()
@Controller('api/v1/network-presets')
export class NetworkPresetsController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly presets: PresetCatalogue,
  ) {}

  @Get()
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the presets for networks, by name' })
  list(@Query() query: NetworkPresetsQuery): NetworkPresetListResponse {
    const { publicUrl } = this.settings;
    return toListResponse(this.presets.search(query.q ?? '', query), ({ _id, ...preset }) =>
      toResponse(preset, publicUrl),
    );
  }

  @Get(':id')
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read a preset' })
  read(@Param('id') id: string): NetworkPresetResponse {
    const preset = this.presets.find(id);
    if (!preset) throw new ProblemException('not_found', 'There is no such preset.');
    return toResponse(preset, this.settings.publicUrl);
  }
}

function toResponse(full: Preset, publicUrl: string): NetworkPresetResponse {
  const { samples: _, ...preset } = full;
  const urls = postbackUrls({ key: MASKED_KEY, mapping: preset.mapping }, full, publicUrl);
  return {
    ...preset,
    defaults: preset.defaults as NetworkPresetResponse['defaults'],
    sends: networkSends(full),
    limits: networkLimits(full),
    postbackUrls: preset.postbackUrls.map(({ event, params }, index) => {
      const { url = '', note = null } = urls[index] ?? {};
      return { event, params, url, note };
    }),
  };
}
