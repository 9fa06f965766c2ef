import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import type { CheckFinding } from '../domain.schema.js';
import { registrableName } from '../rules/hostname.js';
import { DnsLookup } from './dns-lookup.service.js';
import { type DnsRecord, isProof, pointingWarning, proofProblem, proofRecord, wrongNameProblem } from './dns-proof.js';

/** The result of a DNS check. `unknown`: the servers did not answer. */
export interface DomainCheck {
  proof: 'found' | 'missing' | 'unknown';
  problems: CheckFinding[];
  warnings: CheckFinding[];
}

/** Checks the DNS records of a hostname. */
@Injectable()
export class DomainChecker {
  private readonly publicHostname: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly dns: DnsLookup,
  ) {
    this.publicHostname = new URL(settings.publicUrl).hostname;
  }

  /** The records to set: the proof, and the pointer to this server. */
  recordsFor(hostname: string, token: string): DnsRecord[] {
    return [proofRecord(hostname, token), this.pointerFor(hostname)];
  }

  async check(hostname: string, token: string): Promise<DomainCheck> {
    const record = proofRecord(hostname, token);
    const [answer, warnings] = await Promise.all([this.dns.txt(record.name), this.warningsFor(hostname)]);
    if (isProof(record, answer)) return { proof: 'found', problems: [], warnings };
    const wrongName = answer.kind === 'failed' ? undefined : await this.findUnderWrongName(hostname, record);
    const problem = wrongName === undefined ? proofProblem(record, answer) : wrongNameProblem(record, wrongName);
    return { proof: answer.kind === 'failed' ? 'unknown' : 'missing', problems: [problem], warnings };
  }

  private pointerFor(hostname: string): DnsRecord {
    const address = this.publicHostname.replace(/^\[|\]$/g, '');
    const kind = isIP(address);
    if (kind === 0) return { type: 'CNAME', name: hostname, value: address };
    return { type: kind === 4 ? 'A' : 'AAAA', name: hostname, value: address };
  }

  private async warningsFor(hostname: string): Promise<CheckFinding[]> {
    const record = this.pointerFor(hostname);
    const [cname, addresses, ours] = await Promise.all([
      this.dns.cname(hostname),
      this.dns.addresses(hostname),
      record.type === 'CNAME' ? this.dns.addresses(record.value) : ({ kind: 'none' } as const),
    ]);
    const warning = pointingWarning(record, { cname, addresses, ours });
    return warning ? [warning] : [];
  }

  /** Looks for the proof under the two names at which it is often set by mistake. */
  private async findUnderWrongName(hostname: string, record: DnsRecord): Promise<string | undefined> {
    const names = [hostname, `${record.name}.${registrableName(hostname)}`].filter((name) => name.length <= 253);
    const answers = await Promise.all(names.map((name) => this.dns.txt(name)));
    return names.find((_, i) => isProof(record, answers[i] ?? { kind: 'none' }));
  }
}
