import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** That one process does something which others need not do at the same time. */
@Schema({ collection: 'leases', versionKey: false })
export class Lease {
  /** What is done. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  holder: string;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const LeaseSchema = SchemaFactory.createForClass(Lease);
