import type { Schema } from '../../api/client';
import type { Network } from '../gallery/gallery-entries';

type SecurityRequest = Schema<'SecurityRequest'>;

/** The security of a network as its form holds it: texts as typed. */
export interface SecurityDraft {
  ips: string;
  hasToken: boolean;
  token: { param: string; value: string };
  hasHmac: boolean;
  hmac: { secret: string; param: string; timestampParam: string; toleranceSeconds: string };
  ratePerMinute: string;
  alwaysOk: boolean;
  text: boolean;
}

const NEW_TOKEN = { param: 'token', value: '' };
const NEW_HMAC = { secret: '', param: 'sig', timestampParam: 'ts', toleranceSeconds: '300' };

export function securityDraftOf({ security, answer }: Pick<Network, 'security' | 'answer'>): SecurityDraft {
  const { ips, token, hmac, ratePerMinute } = security;
  return {
    ips: ips.join('\n'),
    hasToken: token !== null,
    token: token ?? NEW_TOKEN,
    hasHmac: hmac !== null,
    hmac: hmac === null ? NEW_HMAC : { ...hmac, toleranceSeconds: String(hmac.toleranceSeconds) },
    ratePerMinute: String(ratePerMinute),
    ...answer,
  };
}

/** The body of a PATCH. A masked secret that was not typed over is sent as its mask, which keeps it. */
export function securityPatchOf(draft: SecurityDraft): { security: SecurityRequest; answer: Schema<'AnswerRequest'> } {
  const { ips, hasToken, token, hasHmac, hmac, ratePerMinute, alwaysOk, text } = draft;
  return {
    security: {
      ips: ips.split(/[\s,;]+/).filter((address) => address !== ''),
      token: hasToken ? { param: token.param.trim(), value: token.value } : null,
      hmac: hasHmac
        ? {
            secret: hmac.secret,
            param: hmac.param.trim(),
            timestampParam: hmac.timestampParam.trim(),
            toleranceSeconds: Number(hmac.toleranceSeconds),
          }
        : null,
      ratePerMinute: Number(ratePerMinute),
    },
    answer: { alwaysOk, text },
  };
}

/** Whether a secret is shown masked, as the API masks it. */
export function isMasked(secret: string): boolean {
  return /^\*{3}.{0,3}$/s.test(secret);
}
