import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/**
 * How far a segment of some spool is stored and counted. Written in the transaction that counts, so that the two can not
 * differ, whatever dies in between.
 */
@Schema({ collection: 'spoolOffsets', versionKey: false })
export class SpoolOffset {
  /** The segment's id. */
  @Prop({ type: String, required: true })
  _id: string;

  /** Bytes. */
  @Prop({ type: Number, required: true })
  offset: number;
}

export const SpoolOffsetSchema = SchemaFactory.createForClass(SpoolOffset);
