import type { Notice } from '../../platform/vocabulary/notice.js';
import type { SignedMessage } from '../security/signature.js';

/** An accepted request that waits on the disk for MongoDB. */
export interface SpooledPostback {
  /** Created when the request was accepted, and sent to the network. It is applied once under this id. */
  postbackId: string;
  networkId: string;
  workspaceId: string;
  receivedAt: Date;
  method: string;
  query: string;
  body: string;
  contentType: string;
  headers: NodeJS.Dict<string | string[]>;
  ip: string;
  /** `postback`, `pixel`, … */
  origin: string;
  /** The path with its key masked, if it is not the usual one. */
  path?: string;
  /** Notices from before the request was read. */
  notices?: readonly Notice[];
  /** Identifies the signed message, if the network signs. */
  signed?: SignedMessage;
}

const VERSION = 1;
const TEXTS = [
  'postbackId',
  'networkId',
  'workspaceId',
  'method',
  'query',
  'body',
  'contentType',
  'ip',
  'origin',
] as const satisfies (keyof SpooledPostback)[];

/** Latin-1 text with one character for each byte of the UTF-8. It contains no NUL, because JSON escapes it. */
export function encodePostback(postback: SpooledPostback): string {
  return Buffer.from(JSON.stringify({ version: VERSION, ...postback }), 'utf8').toString('latin1');
}

/** @throws Error if the payload was not written by `encodePostback`. */
export function decodePostback(payload: Buffer): SpooledPostback {
  const json: unknown = JSON.parse(payload.toString('utf8'));
  if (!isObject(json) || json['version'] !== VERSION) throw invalidRecord();
  const receivedAt = new Date(String(json['receivedAt']));
  if (Number.isNaN(receivedAt.getTime()) || !isObject(json['headers'])) throw invalidRecord();
  const texts = TEXTS.map((name) => {
    const text = json[name];
    if (typeof text !== 'string') throw invalidRecord();
    return [name, text] as const;
  });
  const headers = json['headers'] as SpooledPostback['headers'];
  const { path, notices } = json;
  const signed = signedOf(json['signed']);
  return {
    ...(Object.fromEntries(texts) as Record<(typeof TEXTS)[number], string>),
    receivedAt,
    headers,
    ...(typeof path === 'string' && { path }),
    ...(Array.isArray(notices) && { notices: notices.filter(isNotice) }),
    ...(signed && { signed }),
  };
}

function signedOf(value: unknown): SignedMessage | undefined {
  if (!isObject(value) || typeof value['id'] !== 'string') return undefined;
  const at = new Date(String(value['at']));
  return Number.isNaN(at.getTime()) ? undefined : { id: value['id'], at };
}

function isNotice(value: unknown): value is Notice {
  return isObject(value) && typeof value['code'] === 'string' && typeof value['text'] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function invalidRecord(): Error {
  return new Error('the spool has a record that is not a postback');
}
