import { ApiProperty } from '@nestjs/swagger';
import { VERDICTS, type Verdict } from '../postback.schema.js';

export class PostbackAnswer {
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  /** Why it was rejected. */
  reason?: string;
  conversionId?: string;
  postbackId: string;
}
