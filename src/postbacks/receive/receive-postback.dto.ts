import { ApiProperty } from '@nestjs/swagger';
import { VERDICTS, type Verdict } from '../postback.schema.js';

export class PostbackAnswer {
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  /** The reason of a rejection. */
  reason?: string;
  conversionId?: string;
  postbackId: string;
}
