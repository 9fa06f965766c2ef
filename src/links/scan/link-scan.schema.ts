import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** The progress of the scan of all links. One document. */
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

  /** `null` while the scan is running. */
  @Prop({ type: Date })
  finishedAt: Date | null;

  /** The process that runs the scan, and the end of its lease. */
  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const LinkScanSchema = SchemaFactory.createForClass(LinkScanState);
