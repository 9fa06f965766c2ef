import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/**
 * One document for each player with conversions. Every transaction that changes a player's conversions writes it.
 * Two such transactions conflict on it, and MongoDB repeats one. Without it, both could choose a first deposit.
 * Clicks use version numbers for this; see click-versions.ts.
 */
@Schema({ collection: 'playerLocks', versionKey: false })
export class PlayerLock {
  /** `<workspace id>:player:<network id>:<player id>` */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Number, required: true })
  version: number;
}

export const PlayerLockSchema = SchemaFactory.createForClass(PlayerLock);
