import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class DeleteWorkspaceRequest {
  /** The name of the workspace, as it stands. */
  @IsString()
  @Length(1, 100)
  confirm: string;
}

export class DeletionResponse {
  /** The workspace. */
  id: string;
  /** `none`: nobody has asked for it. */
  @ApiProperty({ enum: ['none', 'deleting', 'deleted'] })
  status: 'none' | 'deleting' | 'deleted';
  @ApiProperty({ type: String, nullable: true })
  requestedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  finishedAt: string | null;
  /** How many documents are gone, by collection. */
  @ApiProperty({ type: Object, additionalProperties: { type: 'integer' } })
  deleted: Record<string, number>;
}
