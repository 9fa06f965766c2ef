import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A named lock that one process holds at a time. */
@Schema({ collection: 'leases', versionKey: false })
export class Lock {
  /** The name of the work that it protects. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const LockSchema = SchemaFactory.createForClass(Lock);
