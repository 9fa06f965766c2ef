// npm run test:faults: clicks through kill -9 and frozen stores; see docs/reliability.md.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root } from './setup.mjs';

const USAGE = 'usage: npm run test:faults -- [--long] [--clicks N] [--seed N]';

function readArguments() {
  try {
    const options = { long: { type: 'boolean' }, clicks: { type: 'string' }, seed: { type: 'string' } };
    const { values } = parseArgs({ options });
    for (const name of ['clicks', 'seed']) {
      if (!/^[1-9]\d{0,8}$/.test(values[name] ?? '1')) throw new Error(`--${name} is a whole number above 0`);
    }
    return values;
  } catch (error) {
    process.stderr.write(`hopback: ${error.message}\n${USAGE}\n`);
    process.exit(1);
  }
}

const { long, clicks, seed } = readArguments();
prepare();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'faults', '--reporter=verbose'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      HOPBACK_FAULTS: long ? 'long' : 'short',
      HOPBACK_FAULTS_CLICKS: clicks ?? '',
      HOPBACK_FAULTS_SEED: seed ?? '',
    },
  },
);
process.exitCode = status === 0 ? 0 : 1;
