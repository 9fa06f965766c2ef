import { runMain } from './runtime/main-process.js';

await runMain();
