#!/usr/bin/env node
// Sends heads of 16 KB in which all that a server could keep is random: slugs, postback and pixel keys, user agents, hosts and
// X-Forwarded-For. Prints what was answered, by status.
//
//   node hostile-heads.mjs PORT COUNT SLUG      # SLUG: a link whose rules read the user agent and the place

import { randomBytes } from 'node:crypto';
import net from 'node:net';

const [port = '', count = '', slug = ''] = process.argv.slice(2);
const CONNECTIONS = 64;
const HEAD_BYTES = 16_000;
const text = (length) => randomBytes(length).toString('hex').slice(0, length);
const number = (below) => Math.floor(Math.random() * below);
const address = () =>
  number(2) === 0
    ? `${1 + number(220)}.${number(256)}.${number(256)}.${number(256)}`
    : `2001:db8:${number(65_536).toString(16)}:${number(65_536).toString(16)}::${number(65_536).toString(16)}`;
const lines = (host, more = []) => [
  `Host: ${host}`,
  `User-Agent: Mozilla/5.0 (${text(1_500)})`,
  `X-Forwarded-For: ${address()}`,
  `Cookie: ${text(30)}=${text(60)}`,
  ...more,
];
const KINDS = [
  () => [`GET /${text(20 + number(170))}`, lines('localhost')],
  () => [`GET /${text(30)}/${text(30)}/${text(30)}/${text(30)}+`, lines('localhost')],
  () => [`GET /${text(12_000)}`, lines('localhost')],
  () => [`GET /${text(20)}%ff%fe)`, lines('localhost')],
  () => [`GET /${slug}?sub1=${text(200)}&x=${text(200)}`, lines('localhost')],
  () => [
    `GET /${slug}`,
    lines('localhost', [`Accept-Language: ${text(500)}`, `Referer: https://${text(40)}.example/`]),
  ],
  () => [`GET /postback/${text(24)}?click_id=${text(31)}&${text(20)}=${text(20)}`, lines('localhost')],
  () => [`GET /pixel/${text(24)}.gif?click_id=${text(31)}`, lines('localhost')],
  () => [`GET /${text(20)}`, lines(`${text(60)}.${text(60)}.example`)],
  () => [`GET /${text(20)}`, lines(`${text(6_000)}.example`)],
  () => [`GET /_/report?slug=${text(30)}`, lines('localhost')],
  () => [`GET /api/v1/links?x=${text(30)}`, lines('localhost', [`Authorization: Bearer ${text(60)}`])],
  () => [`POST /postback/${text(24)}?a=${text(30)}`, lines('localhost', ['Content-Length: 0'])],
];

function head(kind) {
  const [line, headers] = kind();
  const begin = [`${line} HTTP/1.1`, ...headers, 'X-Pad: '].join('\r\n');
  return `${begin}${'p'.repeat(Math.max(0, HEAD_BYTES - begin.length))}\r\n\r\n`;
}

const statuses = new Map();
let left = Number(count);

/** One request after the other on one connection, and on a new one where the server has ended it. */
function send() {
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    let answer = '';
    const next = () => {
      if (left-- > 0) socket.write(head(KINDS[number(KINDS.length)]), 'latin1');
      else socket.end();
    };
    socket.on('connect', next);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end))?.[1] ?? 0);
      if (answer.length < end + 4 + length) return;
      const status = answer.slice(9, 12);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      answer = '';
      next();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(left > 0 ? send() : undefined));
  });
}

await Promise.all(Array.from({ length: CONNECTIONS }, send));
process.stdout.write(`${JSON.stringify(Object.fromEntries(statuses))}\n`);
