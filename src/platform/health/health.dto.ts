import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const DEPENDENCIES = { type: 'object', additionalProperties: { type: 'object', additionalProperties: true } } as const;

/** A background job of the process that answers. */
export class JobResponse {
  @ApiProperty({ example: 'conversion-import' })
  name: string;

  @ApiProperty({ description: 'Seconds from one run to the next.', example: 1 })
  everySeconds: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'When it last ran without an error in this process. `null`: not yet, or another process runs it for all processes.',
  })
  lastSuccessAt: string | null;

  @ApiPropertyOptional({ description: 'The error of the last run. Absent when that succeeded.' })
  lastError?: string;

  @ApiProperty({ description: 'Whether it is running now.' })
  isRunning: boolean;
}

export class ReadyResponse {
  @ApiProperty({ example: 'ok' })
  status: string;

  @ApiPropertyOptional({ ...DEPENDENCIES, nullable: true, description: 'The dependencies that answer.' })
  info?: object | undefined;

  @ApiPropertyOptional({ ...DEPENDENCIES, nullable: true, description: 'The dependencies that do not answer.' })
  error?: object | undefined;

  @ApiProperty({
    ...DEPENDENCIES,
    description: 'All dependencies, by name.',
    example: { mongodb: { status: 'up', ms: 1 }, redis: { status: 'up', ms: 1 } },
  })
  details: object;

  @ApiPropertyOptional({ type: [String], description: 'Settings that look wrong. Only the operator sees them.' })
  warnings?: string[];

  @ApiPropertyOptional({
    type: [JobResponse],
    description: 'The background jobs of the process that answers. Only the operator sees them.',
  })
  jobs?: JobResponse[];
}
