import { Resolver } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { answerOfError, type DnsAnswer } from './dns-answer.js';

const TIMEOUT_MS = 1_000;
const TRIES = 2;
/** For all servers and tries of one query together. */
const TOTAL_TIMEOUT_MS = 5_000;

/** Queries the servers of DNS_SERVERS, or the system's. Never throws: a timeout is a `failed` answer. */
@Injectable()
export class DnsLookup {
  private readonly resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });

  constructor(@Inject(SETTINGS) { dnsServers }: Settings) {
    if (dnsServers.length > 0) this.resolver.setServers(dnsServers);
  }

  /** Each record as one text: DNS splits long records into strings of 255 bytes. */
  txt(name: string): Promise<DnsAnswer> {
    return this.ask(async () => (await this.resolver.resolveTxt(name)).map((strings) => strings.join('')));
  }

  cname(name: string): Promise<DnsAnswer> {
    return this.ask(async () => (await this.resolver.resolveCname(name)).map(normalize));
  }

  /** The IPv4 and IPv6 addresses of a name. */
  async addresses(name: string): Promise<DnsAnswer> {
    const answers = await Promise.all([
      this.ask(() => this.resolver.resolve4(name)),
      this.ask(() => this.resolver.resolve6(name)),
    ]);
    const values = answers.flatMap((answer) => (answer.kind === 'found' ? answer.values : []));
    if (values.length > 0) return { kind: 'found', values };
    return answers.find(({ kind }) => kind === 'failed') ?? { kind: 'none' };
  }

  private async ask(query: () => Promise<string[]>): Promise<DnsAnswer> {
    try {
      const values = await withTimeout(TOTAL_TIMEOUT_MS, query(), () =>
        Object.assign(new Error(), { code: 'ETIMEOUT' }),
      );
      return values.length > 0 ? { kind: 'found', values } : { kind: 'none' };
    } catch (error) {
      return answerOfError(error);
    }
  }
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
