import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** How far the links of this installation have been checked again. One document. */
@Schema({ collection: 'linkScans', versionKey: false })
export class LinkScanState {
  @Prop({ type: String, required: true })
  _id: string;

  /** The version of the rules that it applies; see `UrlPolicy.version`. */
  @Prop({ type: String, required: true })
  version: string;

  /** The id of the last link that was checked. */
  @Prop({ type: String })
  after: string;

  /** `null` while it is under way. */
  @Prop({ type: Date })
  finishedAt: Date | null;

  /** The process that does it, and until when no other process may. */
  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const LinkScanSchema = SchemaFactory.createForClass(LinkScanState);
