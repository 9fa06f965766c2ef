import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** The progress of rematching for one network. */
@Schema({ collection: 'rematchRuns', versionKey: false })
export class RematchRun {
  /** The network's id. */
  @Prop({ type: String, required: true })
  _id: string;

  /** The change of the dialect that the last complete run was for. */
  @Prop({ type: Date })
  doneFor?: Date;

  /** When that run began. */
  @Prop({ type: Date })
  doneAt?: Date;

  /** The process that runs it, and until when no other process may. */
  @Prop({ type: String })
  holder?: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;

  /** MongoDB deletes it at this time. */
  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const RematchRunSchema = SchemaFactory.createForClass(RematchRun);

RematchRunSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
