import { defineConfig } from 'vitest/config';

// unit: pure logic, beside its source. e2e: the application in this process against real servers.
// system: the built program as child processes (start, kill -9, demo, the README's tour).
// security: the built program, spoken to by somebody who means harm (docs/security.md; long: with Schemathesis).
// faults: the built program under load, while it and its stores are killed and frozen (docs/reliability.md).

/** Unit and e2e files run two at a time. Files that start and kill whole programs have the machine for themselves. */
const WORKERS = 2;
const isLong = process.env['SECURITY_TESTS'] === 'long';

export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts', 'docker/**/*.spec.ts'],
          isolate: false,
          maxWorkers: WORKERS,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e-spec.ts'],
          globalSetup: ['test/support/servers/global-servers.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.system-spec.ts'],
          setupFiles: ['test/support/system/system-setup.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'security',
          include: [`test/security/**/*.${isLong ? '{security,long}' : 'security'}-spec.ts`],
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: isLong ? 1_200_000 : 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.faults-spec.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 }, // after all others: its latencies are to be its own
        },
      },
    ],
  },
});
