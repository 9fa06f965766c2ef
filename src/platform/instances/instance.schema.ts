import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A running Hopback on this database. */
@Schema({ collection: 'instances', versionKey: false })
export class Instance {
  /** Machine and data folder: the same after a restart. */
  @Prop({ type: String, required: true })
  _id: string;

  /** Whether it hears of changes through a Redis that others can reach. */
  @Prop({ type: Boolean, required: true })
  sharesRedis: boolean;

  /** Last sign of life, by the database's clock. */
  @Prop({ type: Date, required: true })
  seenAt: Date;
}

export const InstanceSchema = SchemaFactory.createForClass(Instance);

// An instance that was killed is forgotten by itself.
InstanceSchema.index({ seenAt: 1 }, { expireAfterSeconds: 300 });
