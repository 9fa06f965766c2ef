import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequireOneScope } from '../workspaces/caller.js';
import { ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { SearchQuery, SearchResponse } from './search.dto.js';
import { SearchService } from './search.service.js';

@ApiTags('search')
@ApiBearerAuth()
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly searches: SearchService) {}

  @Get()
  @RequireOneScope(
    'links:read',
    'domains:read',
    'networks:read',
    'conversions:read',
    'clicks:read',
    'postbacks:read',
    'api-keys:read',
  )
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Find anything of the workspace by its id, its name or a value that belongs to it' })
  async search(@CurrentCaller() caller: Caller, @Query() { q, limit }: SearchQuery): Promise<SearchResponse> {
    const { candidates, incompleteKinds } = await this.searches.search(caller, q, limit);
    return {
      results: candidates.map(({ kind, id, title, detail, url }) => ({ kind, id, title, detail, url })),
      incomplete: incompleteKinds.length > 0,
      incompleteKinds,
    };
  }
}
