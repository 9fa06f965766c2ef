import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A counter that returns each number once. */
@Schema({ collection: 'sequences', versionKey: false })
export class Sequence {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: Number, required: true })
  value: number;
}

export const SequenceSchema = SchemaFactory.createForClass(Sequence);
