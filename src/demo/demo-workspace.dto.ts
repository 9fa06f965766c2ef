import { ApiProperty } from '@nestjs/swagger';
import { DEMO_STATES, type DemoState } from './demo-fill.schema.js';

export class DemoWorkspaceResponse {
  /** Switch to it with `POST /api/v1/me/workspace`. @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  workspaceId: string;
  /** `filling`: its clicks and postbacks are being made. `failed`: they could not be; remove it and try again. */
  @ApiProperty({ enum: DEMO_STATES })
  state: DemoState;
  /** Clicks and postbacks that are stored. */
  @ApiProperty({ type: 'integer' })
  done: number;
  /** Clicks and postbacks that it will have. */
  @ApiProperty({ type: 'integer' })
  total: number;
}
