import { describe, expect, it } from 'vitest';
import { parseSmtpUrl } from './smtp-url.js';

describe('parseSmtpUrl', () => {
  it('reads all parts', () => {
    expect(parseSmtpUrl('smtp://ann%40brand:p%40ss%2Fw%C3%B6rd@Mail.Brand.Example:2525')).toEqual({
      host: 'mail.brand.example',
      port: 2525,
      hasTlsFromStart: false,
      needsTls: true,
      credentials: { user: 'ann@brand', password: 'p@ss/wörd' },
    });
  });

  it('uses the port of the scheme', () => {
    expect(parseSmtpUrl('smtp://mail.example')).toMatchObject({ port: 587, credentials: undefined });
    expect(parseSmtpUrl('smtps://mail.example/')).toMatchObject({ port: 465, hasTlsFromStart: true, needsTls: false });
  });

  it.each(['localhost', '127.0.0.1', '10.1.2.3', '[::1]', 'mailpit', 'postfix.internal'])(
    'accepts plain text on the way to %s',
    (host) => {
      expect(parseSmtpUrl(`smtp://${host}:25`)).toMatchObject({ needsTls: false, host: host.replace(/[[\]]/g, '') });
    },
  );

  it('reads hosts in any script', () => {
    expect(parseSmtpUrl('smtp://bücher.example').host).toBe('xn--bcher-kva.example');
  });

  it.each(['smtp://a b.example', 'smtp://a%00b.example', 'smtp:///', 'smtp:mail', 'smtp://a@mail.example'])(
    'refuses %s',
    (text) => {
      expect(() => parseSmtpUrl(text)).toThrow();
    },
  );
});
