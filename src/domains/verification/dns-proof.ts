import { isPublicAddress } from '../../platform/net/public-address.js';
import type { CheckFinding } from '../domain.schema.js';
import type { DnsAnswer } from './dns-answer.js';

/** A DNS record to set. */
export interface DnsRecord {
  type: 'TXT' | 'CNAME' | 'A' | 'AAAA';
  name: string;
  value: string;
}

const MAX_SHOWN = 10;
const MAX_SHOWN_LENGTH = 255;
/** A record may have 64 KB; longer ones than this are no proof, even with quotes and spaces around it. */
const MAX_PROOF_LENGTH = 500;

/** The record that proves a hostname. */
export function proofRecord(hostname: string, token: string): DnsRecord {
  return { type: 'TXT', name: `_hopback.${hostname}`, value: `hopback-verify=${token}` };
}

/** True when the answer has the proof. People paste it with quotes and spaces around it. */
export function isProof(record: DnsRecord, answer: DnsAnswer): boolean {
  return (
    answer.kind === 'found' &&
    answer.values.some(
      (value) => value.length <= MAX_PROOF_LENGTH && value.replace(/^[\s"]+|[\s"]+$/g, '') === record.value,
    )
  );
}

/** The finding when the answer has no proof. */
export function proofProblem(record: DnsRecord, answer: DnsAnswer): CheckFinding {
  const shouldBe = `a TXT record named ${record.name} with the value ${record.value}`;
  if (answer.kind === 'failed')
    return finding('dns_unreachable', `The DNS servers could not be asked: ${answer.reason}. Try again later.`, record);
  if (answer.kind === 'none')
    return finding(
      'txt_missing',
      `There is no TXT record at ${record.name}. Set ${shouldBe}; it may take some minutes until it is visible.`,
      record,
    );
  return finding(
    'txt_mismatch',
    `${record.name} has ${count(answer.values)}, but none with the value ${record.value}: ${quoted(answer.values)}. Set ${shouldBe}.`,
    record,
    answer.values,
  );
}

/** The right value was found under another name. */
export function wrongNameProblem(record: DnsRecord, name: string): CheckFinding {
  const message =
    `The right value is at ${name}, but it must be at ${record.name}. ` +
    'Many providers append the zone to the name: if yours does, enter the name without the zone.';
  return finding('txt_wrong_name', message, record, [record.value]);
}

/** The DNS answers for a hostname and for PUBLIC_URL (`ours`). */
export interface Pointers {
  cname: DnsAnswer;
  addresses: DnsAnswer;
  ours: DnsAnswer;
}

/**
 * A warning when visitors of the hostname would not reach this server. It is no error: a CDN or a load balancer with
 * unknown addresses may stand in front.
 */
export function pointingWarning(record: DnsRecord, { cname, addresses, ours }: Pointers): CheckFinding | undefined {
  if (cname.kind === 'found' && cname.values.includes(record.value)) return undefined;
  if (addresses.kind === 'failed') return undefined;
  const found = addresses.kind === 'found' ? addresses.values : [];
  const expected = record.type === 'CNAME' ? (ours.kind === 'found' ? ours.values : []) : [record.value];
  if (found.some((address) => expected.includes(address))) return undefined;
  const visible = [...new Set(found.map(publicOnly))];
  const seen =
    found.length === 0
      ? `${record.name} does not lead to an address yet`
      : `${record.name} leads to ${quoted(visible)}`;
  const message =
    `${seen}, and not to ${record.type === 'CNAME' ? record.value : 'Hopback'}. ` +
    `Set a ${record.type} record named ${record.name} with the value ${record.value}, unless it leads to your own proxy.`;
  return finding('not_pointing_here', message, record, visible);
}

function finding(code: string, message: string, record: DnsRecord, found: string[] = []): CheckFinding {
  return { code, message, record: { ...record }, found: found.slice(0, MAX_SHOWN).map(shown) };
}

function quoted(values: string[]): string {
  const more = values.length > MAX_SHOWN ? `, and ${values.length - MAX_SHOWN} more` : '';
  return (
    values
      .slice(0, MAX_SHOWN)
      .map((value) => `"${shown(value)}"`)
      .join(', ') + more
  );
}

/** The operator's DNS servers may know private names. Workspaces must not see private addresses. */
function publicOnly(address: string): string {
  return isPublicAddress(address) ? address : 'a private address';
}

function count(values: string[]): string {
  return values.length === 1 ? 'a TXT record' : `${values.length} TXT records`;
}

/** Makes untrusted text safe to show: cut, and without control characters, which a terminal may obey. */
function shown(value: string): string {
  const cut = value.length > MAX_SHOWN_LENGTH ? `${value.slice(0, MAX_SHOWN_LENGTH)}…` : value;
  // oxlint-disable-next-line no-control-regex -- control characters are replaced here
  return cut.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}
