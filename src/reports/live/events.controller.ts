import type { Readable } from 'node:stream';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller, RequireOneScope } from '../../workspaces/caller.js';
import { ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { EventStreams } from './event-streams.service.js';
import {
  ClickEventResponse,
  ConversionEventResponse,
  EventStreamQuery,
  GapEventResponse,
  PostbackEventResponse,
  SkippedEventResponse,
} from './events.dto.js';
import { maskEvents } from './mask-events.js';
import { SCOPE_OF_TYPE } from './rules/live-event-types.js';

@ApiTags('events')
@ApiBearerAuth()
@ApiExtraModels(
  ClickEventResponse,
  PostbackEventResponse,
  ConversionEventResponse,
  SkippedEventResponse,
  GapEventResponse,
)
@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Get('stream')
  @RequireOneScope(...Object.values(SCOPE_OF_TYPE))
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Live clicks, postbacks and conversions, as server-sent events' })
  @ApiHeader({ name: 'last-event-id', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  async stream(
    @CurrentCaller() caller: Caller,
    @Query() filters: EventStreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const subscription = this.streams.read(caller, filters, lastEventId);
    const isHead = request.method === 'HEAD';
    const events = isHead ? undefined : await this.streams.open(subscription);
    void reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    return events !== undefined && caller.restrictions.hidesMoney ? maskEvents(events) : events;
  }
}
