import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** The progress of completing the facts that earlier versions stored. One document. */
@Schema({ collection: 'conversionFactsMigrations', versionKey: false })
export class FactsMigrationState {
  @Prop({ type: String, required: true })
  _id: string;

  /** Passes over all conversions that have ended. */
  @Prop({ type: Number, required: true })
  passes: number;

  /** The id of the last conversion that was checked in this pass. Empty at the beginning. */
  @Prop({ type: String })
  after: string;

  /** When the pass begins, or has begun. `null`: all passes have ended. */
  @Prop({ type: Date })
  dueAt: Date | null;

  /** The process that works on the pass, and the end of its lease. */
  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const FactsMigrationSchema = SchemaFactory.createForClass(FactsMigrationState);
