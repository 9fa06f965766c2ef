import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/**
 * One document a player with conversions, written by every transaction that touches them. Two such transactions collide on
 * it and one is run again: without it, each could choose the first deposit without seeing the other's. (Clicks have numbers for that:
 * click-versions.ts.)
 */
@Schema({ collection: 'playerLocks', versionKey: false })
export class PlayerLock {
  /** The workspace's id, then `player:<network id>:<the network's name for the player>`. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Number, required: true })
  version: number;
}

export const PlayerLockSchema = SchemaFactory.createForClass(PlayerLock);
