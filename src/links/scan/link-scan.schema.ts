import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** How far the links of this installation have been judged again. One document. */
@Schema({ collection: 'linkScans', versionKey: false })
export class LinkScanState {
  @Prop({ type: String, required: true })
  _id: string;

  /** The rules that it goes by; see `UrlJudge.version`. */
  @Prop({ type: String, required: true })
  version: string;

  /** The last link that was looked at. */
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
