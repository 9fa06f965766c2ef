import { Prop, raw, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { MailKind } from './templates/render-mail.js';

export type MailState = 'waiting' | 'sent' | 'failed' | 'expired';

/** The part of a mail that is removed when it is sent or given up, because it holds secret links. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
  link: string | null;
}

/** A mail to one person: in the queue, and without its content for some time after. */
@Schema({ collection: 'mails', versionKey: false })
export class Mail {
  /** It is also the first part of the Message-ID, so that a receiver recognises a repeat. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  kind: MailKind;

  @Prop({ type: String, required: true })
  to: string;

  /** `null` when the mail is no longer waiting. */
  @Prop(raw({ subject: { type: String }, text: { type: String }, html: { type: String }, link: { type: String } }))
  content: MailContent | null;

  @Prop({ type: String, required: true })
  state: MailState;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** The mail is not sent after this time. */
  @Prop({ type: Date, required: true })
  expiresAt: Date;

  /** When to send it, or the end of the lease of the process that sends it. `null`: no longer waiting. */
  @Prop({ type: Date })
  dueAt: Date | null;

  /** Attempts that have failed. */
  @Prop({ type: Number, required: true })
  failures: number;

  /** The reason of the last failure. */
  @Prop({ type: String })
  error: string | null;

  @Prop({ type: Date, required: true })
  deleteAt: Date;
}

export const MailSchema = SchemaFactory.createForClass(Mail);

// Path: mail-queue.repository.ts, once a second in each process. Query: { dueAt } until now, also with expiresAt
MailSchema.index({ dueAt: 1 });
// Path: mail-queue.repository.ts, when a person is deleted. Query: { to }
MailSchema.index({ to: 1 });
// MongoDB deletes the mail at this time.
MailSchema.index({ deleteAt: 1 }, { expireAfterSeconds: 0 });
