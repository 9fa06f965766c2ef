import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const DOCKER = dirname(fileURLToPath(import.meta.url));
const WORKFLOWS = join(DOCKER, '..', '.github', 'workflows');
const DIGEST = /^[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}$/;

interface Service {
  image: string;
  build?: object;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  read_only?: boolean;
  tmpfs?: string[];
  mem_limit?: string;
  pids_limit?: number;
  networks?: string[];
  network_mode?: string;
  ports?: string[];
  privileged?: boolean;
  volumes?: string[];
  environment?: Record<string, string>;
  command?: string[];
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const { load } = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown };
const compose = load(read(DOCKER, 'compose.yaml')) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
};
// Merge keys are left to the reader by this parser.
const services = Object.entries(compose.services).map(([name, service]): [string, Service] => [
  name,
  { ...(service as { '<<'?: Service })['<<'], ...service },
]);

describe('S14 compose.yaml', () => {
  it.each(services)(
    '%s has limits, no rights that it does not need, and a file system that it cannot write',
    (name, service) => {
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
      expect(service.privileged).toBeUndefined();
      expect(service.read_only).toBe(true);
      expect(service.tmpfs).toEqual([expect.stringMatching(/^\/tmp:size=/)]);
      expect(service.mem_limit).toMatch(/^(\$\{[A-Z]+_MEMORY:-)?\d+[mg]\}?$/);
      expect(service.pids_limit).toBeGreaterThan(0);
      const added = { secrets: ['CHOWN'], caddy: ['NET_BIND_SERVICE'] }[name];
      expect(service.cap_add).toEqual(added);
    },
  );

  it.each(services.filter(([, { build }]) => build === undefined))('%s is named by digest', (_, { image }) => {
    expect(image).toMatch(DIGEST);
  });

  it('keeps Caddy from the databases, and the databases from the internet', () => {
    const networksOf = (name: string): string[] => compose.services[name]?.networks ?? ['default'];
    expect(networksOf('caddy')).toEqual(['default']);
    expect(networksOf('app')).toEqual(['default', 'databases']);
    expect(networksOf('mongo')).toEqual(['databases']);
    expect(networksOf('redis')).toEqual(['databases']);
    expect(compose.services['secrets']?.network_mode).toBe('none');
    expect(compose.networks['databases']?.internal).toBe(true);
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['caddy']);
  });

  it('lets nobody into the databases without a password, and has none in it', () => {
    expect(compose.services['mongo']?.command).toEqual(
      expect.arrayContaining(['--keyFile=/run/hopback/key', '--setParameter=enableLocalhostAuthBypass=false']),
    );
    expect(compose.services['redis']?.command).toEqual(['redis-server', '/run/hopback/redis.conf']);
    expect(read(DOCKER, 'compose.yaml')).not.toMatch(/password\s*[:=]\s*\S|:\/\/[^/\s]*:[^/\s]*@/i);
    for (const [, { environment = {} }] of services) {
      expect(Object.keys(environment).filter((name) => /PASS|SECRET|URI|REDIS_URL/.test(name))).toEqual([]);
    }
  });

  it('shows each service its own secrets only', () => {
    const secretsOf = (name: string): string[] =>
      (compose.services[name]?.volumes ?? []).filter((volume) => volume.startsWith('secrets_'));
    expect(secretsOf('app')).toEqual(['secrets_app:/run/hopback:ro']);
    expect(secretsOf('mongo')).toEqual(['secrets_mongo:/run/hopback:ro']);
    expect(secretsOf('redis')).toEqual(['secrets_redis:/run/hopback:ro']);
    expect(secretsOf('caddy')).toEqual([]);
  });
});

describe('S14 secrets.sh', () => {
  let folder: string;
  const FILES = ['app/env', 'master/key', 'mongo/app-password', 'mongo/key', 'mongo/tools.yaml', 'redis/redis.conf'];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hopback-secrets-'));
    for (const name of ['app', 'master', 'mongo', 'redis', 'bin']) mkdirSync(join(folder, name));
    // Only root may give files away.
    writeFileSync(join(folder, 'bin', 'chown'), `#!/bin/sh\necho "$@" >> ${folder}/owners\n`);
    chmodSync(join(folder, 'bin', 'chown'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(): string[] {
    const PATH = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    execFileSync('sh', [join(DOCKER, 'secrets.sh'), folder], { env: { PATH } });
    return FILES.map((file) => read(folder, file));
  }

  it('gives each service its own file, which only that service may read', () => {
    run();
    for (const file of FILES) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(file === 'master/key' ? 0o600 : 0o400);
    }
    expect(read(folder, 'owners').split('\n').sort()).toEqual([
      '',
      `1000:1000 ${folder}/app/env.half`,
      `999:1000 ${folder}/redis/redis.conf.half`,
      `999:999 ${folder}/mongo/app-password.half`,
      `999:999 ${folder}/mongo/key.half`,
      `999:999 ${folder}/mongo/tools.yaml.half`,
    ]);
  });

  it('makes passwords that fit together and differ from each other and from those of another installation', () => {
    run();
    const env = Object.fromEntries(
      read(folder, 'app/env')
        .trim()
        .split('\n')
        .map((line) => line.split(/='|'$/).slice(0, 2) as [string, string]),
    );
    const mongo = read(folder, 'mongo/app-password').trim();
    const redis = /^requirepass (\w+)$/m.exec(read(folder, 'redis/redis.conf'))?.[1];
    expect(new URL(env['MONGODB_URI'] ?? '')).toMatchObject({ username: 'hopback', password: mongo });
    expect(new URL(env['REDIS_URL'] ?? '').password).toBe(redis);
    const key = read(folder, 'mongo/key').trim();
    expect(read(folder, 'mongo/tools.yaml')).toContain(`__system:${key}@`);
    rmSync(join(folder, 'master', 'key'));
    run();
    const all = [mongo, redis, key, read(folder, 'mongo/app-password').trim(), read(folder, 'mongo/key').trim()];
    expect(new Set(all).size).toBe(5);
    for (const secret of all) expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes nothing the second time, and puts right what a run that was killed has left', () => {
    const first = run();
    expect(run()).toEqual(first);
    rmSync(join(folder, 'redis', 'redis.conf'));
    writeFileSync(join(folder, 'mongo', 'key.half'), 'half', { mode: 0o400 });
    expect(run()).toEqual(first);
  });
});

describe('S14 what else is taken from others', () => {
  it('the Dockerfile names its base by digest', () => {
    const bases = [...read(DOCKER, 'Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases.length).toBe(2);
    for (const base of bases) expect(base).toMatch(DIGEST);
  });

  it('workflows name actions by commit and may only read', () => {
    const ci = read(WORKFLOWS, 'ci.yml');
    const { permissions } = load(ci) as { permissions: object };
    expect(permissions).toEqual({ contents: 'read' });
    const uses = [...ci.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });
});

describe('Caddyfile', () => {
  /** The blocks at the left margin, by their first line. */
  const sites = Object.fromEntries(
    [...read(DOCKER, 'Caddyfile').matchAll(/^(\S.*)? ?\{\n([^]*?)\n\}/gm)].map(([, head = '', body = '']) => [
      head.trim(),
      body,
    ]),
  );

  it('S29 has browsers keep to HTTPS, on HTTPS sites only and without a word about subdomains', () => {
    expect(sites['https://']).toMatch(/^\theader Strict-Transport-Security "max-age=\d{8,}"$/m);
    expect(sites['http://']).not.toContain('Strict-Transport-Security');
    expect(sites['http://localhost']).not.toContain('Strict-Transport-Security');
  });

  it.each(['https://', 'http://', 'http://localhost'])('S15 hides /metrics and /internal on %s', (site) => {
    expect(sites[site]).toMatch(/^\timport private$/m);
    expect(sites['(private)']).toMatch(/path \/internal \/internal\/\* \/metrics \/metrics\/\*[^]*respond 404/);
  });
});
