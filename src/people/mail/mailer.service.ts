import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { newId } from '../../platform/ids/ids.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { parseEmailAddress } from '../../platform/text/email-address.js';
import { parseUrl } from '../../platform/urls/parse-url.js';
import { MailQueue } from './mail-queue.repository.js';
import { MailSender } from './mail-sender.service.js';
import { MailTransport } from './mail-transport.service.js';
import { MAIL_TEMPLATES, type MailKind, type MailValues, renderMail } from './templates/render-mail.js';

/** Time after which a notification that could not be sent is out of date. */
const NOTIFICATION_VALID_MS = 2 * 86_400_000;

export interface MailRequest<K extends MailKind> {
  kind: K;
  /** Exactly one address; see `parseEmailAddress`. */
  to: string;
  values: MailValues[K];
  /** The mail is not sent after this time: the end of its link. Default: in two days. */
  expiresAt?: Date;
}

/** Whether the mail will be sent. If not, the caller shows the link to the person who asked for it. */
export interface EnqueuedMail {
  isSent: boolean;
}

/** Sends mails to people, through a queue. Without `SMTP_URL` it sends none, and logs the links for the operator. */
@Injectable()
export class Mailer {
  private readonly publicUrl: URL;

  constructor(
    private readonly queue: MailQueue,
    private readonly sender: MailSender,
    private readonly transport: MailTransport,
    private readonly transactions: Transactions,
    @Inject(SETTINGS) { publicUrl }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.publicUrl = new URL(publicUrl);
  }

  get isConfigured(): boolean {
    return this.transport.isConfigured;
  }

  /**
   * A link to this Hopback.
   * @param path such as `/app/invitation#token`. A secret belongs behind the `#`, which servers do not see.
   */
  createLink(path: string): string {
    return this.checkLink(new URL(path, this.publicUrl).href);
  }

  /**
   * Stores a mail, which is then sent in the background.
   * @param tx the mail is sent exactly if this transaction is stored.
   * @throws Error for an address that is not exactly one, and for a link to another host than that of `PUBLIC_URL`.
   */
  async enqueue<K extends MailKind>(request: MailRequest<K>, tx?: Transaction): Promise<EnqueuedMail> {
    const { kind, values } = request;
    const to = parseEmailAddress(request.to);
    if (to === undefined) throw new Error('the receiver of a mail must be exactly one e-mail address');
    const content = renderMail(kind, values, this.publicUrl.host);
    if (content.link !== null) this.checkLink(content.link);
    if (!this.isConfigured) {
      this.afterCommit(tx, () => this.logUnsent(kind, to, content.link));
      return { isSent: false };
    }
    const createdAt = new Date();
    const expiresAt = request.expiresAt ?? new Date(createdAt.getTime() + NOTIFICATION_VALID_MS);
    await this.queue.insert({ _id: newId('eml'), kind, to, content, createdAt, expiresAt }, tx);
    this.afterCommit(tx, () => this.sender.wake());
    return { isSent: true };
  }

  /** Deletes the mails to this address, sent or not. For the deletion of a person. */
  async deleteAllTo(address: string, tx?: Transaction): Promise<void> {
    await this.queue.deleteAllTo(parseEmailAddress(address) ?? address, tx);
  }

  private checkLink(link: string): string {
    if (parseUrl(link)?.origin === this.publicUrl.origin) return link;
    throw new Error(`the link of a mail must begin with ${this.publicUrl.origin}`);
  }

  private afterCommit(tx: Transaction | undefined, action: () => void): void {
    if (tx === undefined) action();
    else this.transactions.afterCommit(tx, action);
  }

  private logUnsent(kind: MailKind, to: string, link: string | null): void {
    const { name, needsLink } = MAIL_TEMPLATES[kind];
    const text = `No SMTP_URL is set, so this mail was not sent: ${name} for ${to}`;
    if (needsLink) this.logger.warn(`${text}: ${link}`);
    else this.logger.debug(text);
  }
}
