import { Inject, Injectable } from '@nestjs/common';
import type { SendMailOptions, Transporter } from 'nodemailer';
import type { MailSettings, Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import type { ClaimedMail } from './mail-queue.repository.js';

const CONNECT_TIMEOUT_MS = 15_000;
const GREETING_TIMEOUT_MS = 15_000;
const SOCKET_TIMEOUT_MS = 30_000;
/** Also ends a mail whose server answers, but slowly. Shorter than the lease of the queue. */
const SEND_TIMEOUT_MS = 60_000;

/** Hands mails over to the server of `SMTP_URL`, by nodemailer. */
@Injectable()
export class MailTransport {
  private readonly settings: MailSettings | undefined;
  private transporter: Promise<Transporter> | undefined;

  constructor(@Inject(SETTINGS) { mail }: Settings) {
    this.settings = mail;
  }

  get isConfigured(): boolean {
    return this.settings !== undefined;
  }

  /** The password in the forms in which it is sent. A server may repeat a command in its answer. */
  get secrets(): string[] {
    const { user, password } = this.settings?.server.credentials ?? { user: '', password: '' };
    return password === '' ? [] : [password, base64(password), base64(`\0${user}\0${password}`)];
  }

  /** @throws an error with the fields of `SendFailure` when the server did not accept the mail. */
  async send(mail: ClaimedMail, signal: AbortSignal): Promise<void> {
    if (this.settings === undefined) throw new Error('there is no mail server; set SMTP_URL');
    this.transporter ??= createTransporter(this.settings);
    const transporter = await this.transporter;
    const timeout = AbortSignal.timeout(SEND_TIMEOUT_MS);
    try {
      await transporter.sendMail({ ...messageOf(mail, this.settings), signal: AbortSignal.any([signal, timeout]) });
    } catch (error) {
      if (!timeout.aborted) throw error;
      const text = `the mail server took longer than ${SEND_TIMEOUT_MS / 1_000} seconds`;
      throw Object.assign(new Error(text, { cause: error }), { code: 'ETIMEDOUT' });
    }
  }
}

/** Loaded when it is needed: without a mail server, the library would only take memory. */
async function createTransporter({ server }: MailSettings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host: server.host,
    port: server.port,
    secure: server.hasTlsFromStart,
    requireTLS: server.needsTls,
    ...(server.credentials && { auth: { user: server.credentials.user, pass: server.credentials.password } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Addresses are objects and not texts, so no name or address is parsed as a list. */
function messageOf({ _id, to, content, createdAt }: ClaimedMail, { from }: MailSettings): SendMailOptions {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject: content.subject,
    text: content.text,
    html: content.html,
    messageId: `<${_id}@${domain}>`,
    date: createdAt,
    // RFC 3834: no automatic replies to this mail.
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
