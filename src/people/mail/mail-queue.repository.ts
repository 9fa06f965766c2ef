import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { Mail, type MailContent } from './mail.schema.js';

/** Longer than sending a mail may take (`SEND_TIMEOUT_MS`), with the time for storing the result. */
const LEASE_MS = 120_000;
const KEPT_MS = 30 * 86_400_000;

/** A mail that waits or is being sent. */
export type ClaimedMail = Mail & { content: MailContent; dueAt: Date };
type NewMail = Pick<Mail, '_id' | 'kind' | 'to' | 'content' | 'createdAt' | 'expiresAt'>;

/** Mails that wait, and those of the last 30 days. */
@Injectable()
export class MailQueue extends LeasedQueue<Mail> {
  constructor(@InjectModel(Mail.name) private readonly model: Model<Mail>) {
    super(model, LEASE_MS);
  }

  async insert(mail: NewMail, tx?: Transaction): Promise<void> {
    const deleteAt = new Date(mail.expiresAt.getTime() + KEPT_MS);
    const row: Mail = { ...mail, state: 'waiting', dueAt: mail.createdAt, failures: 0, error: null, deleteAt };
    await this.model.create([row], { session: tx ?? null });
  }

  /** Claims the mail that is due first. @param isExpired claim only mails that may no longer be sent. */
  async claimNext({ isExpired = false } = {}): Promise<ClaimedMail | undefined> {
    const filter = { state: 'waiting', ...(isExpired && { expiresAt: { $lte: new Date() } }) } as const;
    return (await this.claimDue('dueAt', filter)) as ClaimedMail | undefined;
  }

  /** Puts the mail back into the queue. @returns false when another process has taken it over: nothing was stored. */
  async postpone(mail: ClaimedMail, change: Pick<Mail, 'dueAt' | 'failures' | 'error'>): Promise<boolean> {
    return this.updateClaimed(mail, change);
  }

  /** Ends the mail and removes its content. @returns false when another process has taken it over: nothing was stored. */
  async finish(mail: ClaimedMail, change: Pick<Mail, 'state' | 'failures' | 'error'>): Promise<boolean> {
    const deleteAt = new Date(Date.now() + KEPT_MS);
    return this.updateClaimed(mail, { ...change, dueAt: null, content: null, deleteAt });
  }

  /** Deletes the mails to this address, sent or not. */
  async deleteAllTo(address: string, tx?: Transaction): Promise<void> {
    await this.model.deleteMany({ to: address }, { ...(tx && { session: tx }) }).exec();
  }

  /** The due time of a claimed mail is the end of its lease, so it names the claim. */
  private async updateClaimed({ _id, dueAt }: ClaimedMail, change: Partial<Mail>): Promise<boolean> {
    const { matchedCount } = await this.model.updateOne({ _id, dueAt, state: 'waiting' }, { $set: change }).exec();
    return matchedCount === 1;
  }
}
