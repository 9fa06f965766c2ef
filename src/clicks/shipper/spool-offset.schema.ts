import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/**
 * The part of a spool segment that is stored and counted. It is written in the transaction that counts, so that a crash
 * cannot separate the two.
 */
@Schema({ collection: 'spoolOffsets', versionKey: false })
export class SpoolOffset {
  /** The segment's id. */
  @Prop({ type: String, required: true })
  _id: string;

  /** In bytes. */
  @Prop({ type: Number, required: true })
  offset: number;
}

export const SpoolOffsetSchema = SchemaFactory.createForClass(SpoolOffset);
