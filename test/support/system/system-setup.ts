import { afterEach } from 'vitest';
import { lastWords } from './system-program.js';

// The program of a failed test is gone when its failure is read.
afterEach(({ task }) => {
  for (const error of task.result?.errors ?? []) error.message += `\n\nWhat the programs said last:\n${lastWords()}`;
});
