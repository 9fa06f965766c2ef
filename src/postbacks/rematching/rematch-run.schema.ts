import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** How far what waits has been tried again: one document a network, and one for the sweep over all. */
@Schema({ collection: 'rematchRuns', versionKey: false })
export class RematchRun {
  /** A network's id, or `sweep`. */
  @Prop({ type: String, required: true })
  _id: string;

  /** The change of the dialect that the last complete run was for. */
  @Prop({ type: Date })
  doneFor?: Date;

  /** When that run began. */
  @Prop({ type: Date })
  doneAt?: Date;

  /** Who runs it now, and until when nobody else may. */
  @Prop({ type: String })
  holder?: string;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;

  /** Nobody asks for it any more then. */
  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const RematchRunSchema = SchemaFactory.createForClass(RematchRun);

RematchRunSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
