import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class DeleteWorkspaceRequest {
  /** The name of the workspace, to confirm the deletion. */
  @IsString()
  @Length(1, 100)
  confirm: string;
}

export class DeletionResponse {
  /** Id of the workspace. */
  id: string;
  /** `none`: no deletion was requested. */
  @ApiProperty({ enum: ['none', 'deleting', 'deleted'] })
  status: 'none' | 'deleting' | 'deleted';
  @ApiProperty({ type: String, nullable: true })
  requestedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  finishedAt: string | null;
  /** Number of deleted documents, by collection. */
  @ApiProperty({ type: Object, additionalProperties: { type: 'integer' } })
  deleted: Record<string, number>;
}
