import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ports } from '../../platform/ports/ports.service.js';
import { Mailer } from '../mail/mailer.service.js';
import type { TwoFactorChange } from '../mail/templates/two-factor-changed.js';
import { DESCRIBE_CLIENT } from '../people.ports.js';
import type { User } from '../users/user.schema.js';

/** Tells people by mail about changes of their second factors and passkeys. */
@Injectable()
export class SecondFactorNotices {
  constructor(
    private readonly mailer: Mailer,
    private readonly ports: Ports,
  ) {}

  async send(
    { email }: User,
    change: TwoFactorChange,
    { ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>,
    passkeyName?: string,
  ): Promise<void> {
    const { device } = await this.ports.get(DESCRIBE_CLIENT)(ip, headers['user-agent'] ?? '');
    const link = this.mailer.createLink('/app/security');
    const values = { change, at: new Date(), device, ip, link, passkeyName };
    await this.mailer.enqueue({ kind: 'twoFactorChanged', to: email, values });
  }
}
