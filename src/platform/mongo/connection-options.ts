import mongoose from 'mongoose';
import '../workarounds/mongodb-drain.js';

// An unknown path in a filter must be an error: stripped (strictQuery: true), it would match every document.
mongoose.set('strictQuery', 'throw');

/** Timeouts that turn a dead or frozen MongoDB into an error instead of a hang (the driver's defaults wait 30 s or forever). */
export const CONNECTION_OPTIONS = {
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  heartbeatFrequencyMS: 2_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 3_000,
  bufferCommands: false,
  writeConcern: { w: 'majority', journal: true },
} as const;
