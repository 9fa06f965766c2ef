import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnDatabase, ownMongod } from '../support/system/system-databases.js';
import { processesIn } from '../support/system/system-processes.js';
import { cleanUp, temporaryFolder } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const NOBODY = '127.0.0.1:1';

let running: SystemServer;
let standalone: OwnDatabase;
let uninitiated: OwnDatabase;

beforeAll(async () => {
  [running, standalone, uninitiated] = await Promise.all([
    SystemServer.start(),
    ownMongod(),
    ownMongod('--replSet', 'rs0'),
  ]);
});
afterAll(cleanUp);

interface Case {
  what: string;
  env?: () => Record<string, string>;
  /** Content of `.env` in the folder where it starts. */
  envFile?: string;
  line: RegExp;
}

const CASES: Case[] = [
  {
    what: 'a PORT that is none',
    env: () => ({ PORT: 'abc' }),
    line: /^hopback: PORT is not valid: "abc" is not a port; write e\.g\. 3000$/,
  },
  {
    what: 'WORKERS that are none',
    env: () => ({ WORKERS: '0' }),
    line: /^hopback: WORKERS is not valid: /,
  },
  {
    what: 'WORKERS that are no number',
    env: () => ({ WORKERS: 'x' }),
    line: /^hopback: WORKERS is not valid: /,
  },
  {
    what: 'a GEO_CITY_DB that is no such database',
    env: () => {
      const file = join(temporaryFolder(), 'cities.mmdb');
      writeFileSync(file, 'country,city\n');
      return { GEO_CITY_DB: file };
    },
    line: /^hopback: GEO_CITY_DB \/\S+ cannot be used: it is not a MaxMind DB \(\.mmdb\) file.*or unset GEO_CITY_DB/,
  },
  {
    what: 'a slip of the pen in .env',
    envFile: 'PROT=3000\n',
    line: /^hopback: PROT is not a setting of Hopback: did you mean PORT\?$/,
  },
  {
    what: 'an unknown HOPBACK_ variable',
    env: () => ({ HOPBACK_COLOUR: 'blue' }),
    line: /^hopback: HOPBACK_COLOUR is not a setting of Hopback: the settings are PORT, .*HOPBACK_API_KEY/,
  },
  {
    what: 'REDIS_URI instead of REDIS_URL',
    env: () => ({ REDIS_URI: 'redis://127.0.0.1:6379' }),
    line: /^hopback: REDIS_URI is not a setting of Hopback: did you mean REDIS_URL\?/,
  },
  {
    what: 'a HOPBACK_API_KEY that is too short',
    env: () => ({ HOPBACK_API_KEY: 'short' }),
    line: /^hopback: HOPBACK_API_KEY is not valid: it must have 24 characters or more \(it has 5\)$/,
  },
  {
    what: 'a MONGODB_URI without its scheme',
    env: () => ({ MONGODB_URI: '127.0.0.1:27017' }),
    line: /^hopback: MONGODB_URI is not valid: it must begin with mongodb:\/\/ or mongodb\+srv:\/\/$/,
  },
  {
    what: 'a malformed MONGODB_URI',
    env: () => ({ MONGODB_URI: 'mongodb://a:b:c' }),
    line: /^hopback: MONGODB_URI mongodb:\/\/a:b:c cannot be used: /,
  },
  {
    what: 'a MONGODB_URI where nobody answers, without its password',
    env: () => ({ MONGODB_URI: `mongodb://app:s3cret@${NOBODY}/hopback` }),
    line: /^hopback: MONGODB_URI mongodb:\/\/app:\*\*\*@127\.0\.0\.1:1\/hopback cannot be used: no server answers there/,
  },
  {
    what: 'a REDIS_URL where nobody answers, without its password',
    env: () => ({ REDIS_URL: `redis://:s3cret@${NOBODY}` }),
    line: /^hopback: REDIS_URL redis:\/\/:\*\*\*@127\.0\.0\.1:1 cannot be used: no server answers there/,
  },
  {
    what: 'a port that is in use',
    env: () => ({ PORT: String(running.port) }),
    line: /^hopback: Port \d+ is in use: stop what listens there, or set PORT to another one\.$/,
  },
  {
    what: 'a DATA_DIR that another Hopback uses',
    env: () => ({ DATA_DIR: running.dataDir }),
    line: /^hopback: \/\S+ is in use by another Hopback \(process \d+\): stop it, or set DATA_DIR to another folder\.$/,
  },
  {
    what: 'a DATA_DIR that can not be written',
    env: () => {
      const file = join(temporaryFolder(), 'file');
      writeFileSync(file, ''); // below a file there is no folder, not even for root
      return { DATA_DIR: join(file, 'data') };
    },
    line: /^hopback: DATA_DIR \/\S+ cannot be written \(\w+\): .*set DATA_DIR to another folder\.$/,
  },
  {
    what: "another Hopback's MongoDB without a Redis that both share",
    env: () => ({ MONGODB_URI: running.embeddedMongodbUri() }),
    line: /^hopback: Another Hopback \(\S+\) runs on this MongoDB: .*set REDIS_URL to the same one for each\.$/,
  },
  {
    what: 'a MongoDB that is no replica set, with the command that makes it one',
    env: () => ({ MONGODB_URI: standalone.url }),
    line: /^hopback: MongoDB at \S+ is not a replica set, .*--replSet rs0.*mongosh "mongodb:\S+" --eval 'rs\.initiate\(\)'$/,
  },
  {
    what: 'a replica set that was never initiated, with the command that does it',
    env: () => ({ MONGODB_URI: uninitiated.url }),
    line: /^hopback: MongoDB at \S+ .*mongosh "mongodb:\S+" --eval 'rs\.initiate\(\)'$/,
  },
];

describe('a start that is not possible', () => {
  it.concurrent.each(CASES.map((one) => [one.what, one] as const))(
    'says in one line what to do about %s',
    async (_, { env, envFile, line }) => {
      const folder = temporaryFolder();
      if (envFile !== undefined) writeFileSync(join(folder, '.env'), envFile);
      const { program } = await SystemServer.launch({ folder, env: env?.() ?? {} });

      expect(await program.exited).toBe(1);
      expect(program.stderrLines).toEqual([expect.stringMatching(line)]);
      expect(program.stderr).not.toContain('    at ');
      expect(program.stderr).not.toContain('s3cret');
      expect(program.stdout).not.toContain('ready on');
      expect(processesIn(folder)).toEqual([]);
      expect(existsSync(join(folder, 'data', 'hopback.lock'))).toBe(false);
    },
  );

  it('leaves the Hopback alone that runs already', async () => {
    expect((await running.api('GET', '/links')).status).toBe(200);
  });
});
