import { defineConfig } from 'vitest/config';

// unit: pure logic, beside its source. e2e: the application in this process against real servers.
// system: the built program as child processes (start, kill -9, demo, the README's tour).
// browser: the dashboard in a real Chromium.
// security: the built program, spoken to by somebody who means harm (docs/security.md; long: with Schemathesis).
// faults: the built program under load, while it and its stores are killed and frozen (docs/reliability.md).

/** Two files at a time, for two cores. Files that measure latencies or fixed amounts of time and memory run alone. */
const WORKERS = 2;
const isLong = process.env['SECURITY_TESTS'] === 'long';
/** Upper bounds for a machine that is busy with other work; a test that waits for an event ends with it. */
const UNIT_TIMEOUT_MS = 20_000;
const SYSTEM_TIMEOUT_MS = 600_000;
const BROWSER_TIMEOUT_MS = 120_000;
const BROWSER_POLL_MS = 10_000;

export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts', 'docker/**/*.spec.ts', 'web/src/**/*.spec.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          testTimeout: UNIT_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e-spec.ts'],
          exclude: ['test/e2e/dashboard/**'],
          globalSetup: ['test/support/servers/global-servers.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The dashboard in a real Chromium, before the application in this process; `npm run build` first.
        test: {
          name: 'browser',
          include: ['test/e2e/dashboard/**/*.e2e-spec.ts'],
          globalSetup: ['test/support/servers/global-servers.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
          testTimeout: BROWSER_TIMEOUT_MS,
          hookTimeout: BROWSER_TIMEOUT_MS,
          expect: { poll: { timeout: BROWSER_POLL_MS } },
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
          testTimeout: SYSTEM_TIMEOUT_MS,
          hookTimeout: SYSTEM_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'security',
          include: [`test/security/**/*.${isLong ? '{security,long}' : 'security'}-spec.ts`],
          isolate: false,
          maxWorkers: isLong ? 1 : WORKERS,
          sequence: { groupOrder: isLong ? 2 : 1 },
          testTimeout: isLong ? 1_200_000 : SYSTEM_TIMEOUT_MS,
          hookTimeout: SYSTEM_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.faults-spec.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 }, // after all others: its latencies are to be its own
        },
      },
    ],
  },
});
