import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_HEADERS } from './page-headers.js';
import type { PageAnswer } from './visitor-pages.js';

const MAX_FORM_BYTES = 32 * 1024;

/** The fields of a form. Empty when the body is not a form or too long. */
export function formFields({ body, headers }: FastifyRequest): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers['content-type'] ?? '');
  if (!isForm || !Buffer.isBuffer(body) || body.length > MAX_FORM_BYTES) return new URLSearchParams();
  return new URLSearchParams(body.toString('utf8'));
}

/** Answers with a page through Fastify. */
export async function sendPage(reply: FastifyReply, { status, html, headers }: PageAnswer): Promise<void> {
  await reply
    .status(status)
    .headers({ ...PAGE_HEADERS, ...headers })
    .send(html);
}
