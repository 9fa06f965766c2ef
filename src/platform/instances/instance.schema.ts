import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A running Hopback on this database. */
@Schema({ collection: 'instances', versionKey: false })
export class Instance {
  /** Machine and data folder, so that it is the same after a restart. */
  @Prop({ type: String, required: true })
  _id: string;

  /** Whether it receives changes through a Redis that other instances can reach. */
  @Prop({ type: Boolean, required: true })
  sharesRedis: boolean;

  /** The last heartbeat, by the database's clock. */
  @Prop({ type: Date, required: true })
  seenAt: Date;
}

export const InstanceSchema = SchemaFactory.createForClass(Instance);

// MongoDB removes an instance that was killed.
InstanceSchema.index({ seenAt: 1 }, { expireAfterSeconds: 300 });
