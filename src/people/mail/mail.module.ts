import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { MailQueue } from './mail-queue.repository.js';
import { MailSender } from './mail-sender.service.js';
import { MailTransport } from './mail-transport.service.js';
import { Mail, MailSchema } from './mail.schema.js';
import { Mailer } from './mailer.service.js';

// src/people/mail: mails to people. A caller uses mailer.service.ts, which stores a mail in the queue; start there.
// mail-sender.service.ts is the job that sends it through mail-transport.service.ts, and rules/ decides about repeats.
// templates/ has the texts.
@Module({
  imports: [MongooseModule.forFeature([{ name: Mail.name, schema: MailSchema }])],
  providers: [MailQueue, MailTransport, MailSender, Mailer],
  exports: [Mailer],
})
export class MailModule {}
