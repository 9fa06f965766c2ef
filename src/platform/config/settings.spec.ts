import { describe, expect, it } from 'vitest';
import { StartupError } from '../startup/startup-error.js';
import { readSettings } from './settings.js';

function problemsOf(environment: Record<string, string>, envFile: Record<string, string> = {}): string[] {
  try {
    readSettings(environment, envFile);
  } catch (error) {
    if (error instanceof StartupError) return error.problems;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('needs nothing', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', trustedProxies: [] });
    expect(settings.mongodbUri).toBeUndefined();
  });

  it('derives the public URL from the port, and takes an empty value for unset', () => {
    expect(readSettings({ PORT: '8080', PUBLIC_URL: '', MONGODB_URI: '' })).toMatchObject({
      port: 8080,
      publicUrl: 'http://localhost:8080',
      mongodbUri: undefined,
    });
  });

  it('lets the environment win over the env file', () => {
    expect(readSettings({ PORT: '2' }, { PORT: '1' }).port).toBe(2);
  });

  it.each([
    ['PORT', 'abc', /PORT is not valid: "abc" is not a port/],
    ['PORT', '70000', /PORT is not valid/],
    ['PUBLIC_URL', 'go.example.com', /PUBLIC_URL is not valid/],
    ['PUBLIC_URL', 'https://go.example.com/path', /scheme, host and port only/],
    ['MONGODB_URI', 'localhost:27017', /must begin with mongodb:\/\//],
    ['REDIS_URL', 'localhost', /must begin with redis:\/\//],
    ['HOPBACK_API_KEY', 'short', /24 characters or more \(it has 5\)/],
    ['TRUSTED_PROXIES', '10.0.0.0/99', /is not an IP address or CIDR/],
    ['DNS_SERVERS', 'dns.example', /is not ip:port/],
    ['OUTBOUND_ALLOW', 'localhost', /is not host:port/],
    ['MAIL_FROM', 'Hopback', /is not one e-mail address/],
    ['MAIL_FROM', 'a@b.example, c@d.example', /is not one e-mail address/],
    ['OIDC_SCOPES', 'email openidx', /`openid` must be one of the scopes/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL is not valid/],
  ])('says in one line what is wrong with %s=%s', (name, value, message) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
    expect(problems[0]).not.toContain('\n');
  });

  it('lists every problem at once', () => {
    expect(problemsOf({ PORT: 'x', REDIS_URL: 'y' })).toHaveLength(2);
  });

  it('refuses an unknown setting in the env file and under HOPBACK_, with a hint', () => {
    expect(problemsOf({}, { PROT: '3000' })).toEqual(['PROT is not a setting of Hopback: did you mean PORT?']);
    expect(problemsOf({ HOPBACK_APIKEY: 'x' })[0]).toContain('did you mean HOPBACK_API_KEY?');
  });

  it('takes a near miss in the environment for a slip, unless the real one is set', () => {
    expect(problemsOf({ REDIS_URI: 'redis://x' })[0]).toContain('did you mean REDIS_URL?');
    expect(problemsOf({ REDIS_URI: 'redis://x', REDIS_URL: 'redis://x' })).toEqual([]);
    expect(problemsOf({ PATH: '/bin', PORTS: '1', HOME: '/x' })).toEqual([]);
  });

  it('needs a sender when there is a mail server', () => {
    const SMTP_URL = 'smtp://mail.example';
    expect(problemsOf({ SMTP_URL })).toEqual([
      'MAIL_FROM is missing: SMTP_URL needs a sender, e.g. Hopback <links@example.com>',
    ]);
    expect(readSettings({ SMTP_URL, MAIL_FROM: ' "Brand, Inc." <links@Brand.example>' }).mail?.from).toEqual({
      name: 'Brand, Inc.',
      address: 'links@brand.example',
    });
    expect(readSettings({ SMTP_URL, MAIL_FROM: 'a@b.example' }).mail?.from).toEqual({
      name: '',
      address: 'a@b.example',
    });
    expect(readSettings({ MAIL_FROM: 'a@b.example' }).mail).toBeUndefined();
  });

  it('does not show the password of the mail server', () => {
    for (const SMTP_URL of [
      'smtp://ann:geheim@',
      'smtp://ann:geheim%@mail.example',
      'smtp://ann:geheim@mail.example?debug=true',
      'smtp://ann:geheim#1@mail.example',
      'http://ann:geheim@mail.example',
      'ann:geheim@mail.example',
      'smtp://:geheim@mail.example',
    ]) {
      const problems = problemsOf({ SMTP_URL, MAIL_FROM: 'a@b.example' });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^SMTP_URL is not valid: its? /);
      expect(problems[0]).not.toContain('geheim');
    }
  });
});
