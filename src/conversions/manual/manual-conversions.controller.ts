import { Body, Controller, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ConversionReader } from '../conversion-reader.service.js';
import { CreateConversionRequest, UndoConversionRequest, UpdateConversionRequest } from './manual-conversions.dto.js';
import { ManualConversionsService } from './manual-conversions.service.js';
import { ConversionResponse } from '../conversions.dto.js';

const VERDICT = {
  'X-Hopback-Verdict': {
    description: '`accepted`: it is new. `updated`: it was known, and has changed. `duplicate`: nothing new.',
    schema: { type: 'string' as const, enum: ['accepted', 'updated', 'duplicate'] },
  },
};

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ManualConversionsController {
  constructor(
    private readonly byHand: ManualConversionsService,
    private readonly conversions: ConversionReader,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('conversions:write')
  @ApiOperation({ summary: 'Create a conversion manually, whatever the windows of its network' })
  @ApiCreatedResponse({ type: ConversionResponse, description: 'It is new', headers: VERDICT })
  @ApiOkResponse({ type: ConversionResponse, description: 'It was known already', headers: VERDICT })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() input: CreateConversionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversionResponse> {
    const { verdict, conversionId } = await this.byHand.create(caller, input);
    reply.status(verdict === 'accepted' ? 201 : 200).header('x-hopback-verdict', verdict);
    return this.conversions.read(caller, conversionId);
  }

  @Patch(':id')
  @RequireScope('conversions:write')
  @ApiOperation({ summary: 'Change the status or payout manually, or add a note' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() input: UpdateConversionRequest,
  ): Promise<ConversionResponse> {
    await this.byHand.update(caller, id, input);
    return this.conversions.read(caller, id);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @RequireScope('conversions:write')
  @ApiOperation({ summary: 'Take back the latest manual change, if nothing has changed the conversion since' })
  async undo(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { note }: UndoConversionRequest,
  ): Promise<ConversionResponse> {
    await this.byHand.undo(caller, id, note);
    return this.conversions.read(caller, id);
  }
}
