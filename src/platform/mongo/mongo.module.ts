import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { MongoHealth } from './mongo-health.js';
import { SequenceRepository } from './sequence.repository.js';
import { Sequence, SequenceSchema } from './sequence.schema.js';
import { Transactions } from './transactions.js';

// An unknown path in a filter must be an error: stripped (strictQuery: true), it would match every document.
mongoose.set('strictQuery', 'throw');

/** Timeouts that turn a dead or frozen MongoDB into an error instead of a hang (the driver's own defaults wait 30 s or for ever). */
const CONNECTION_OPTIONS = {
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  heartbeatFrequencyMS: 2_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 3_000,
  bufferCommands: false,
  retryAttempts: 0,
  writeConcern: { w: 'majority', journal: true },
} as const;

const sequences = MongooseModule.forFeature([{ name: Sequence.name, schema: SequenceSchema }]);

/** The connection, transactions and number sequences. */
@Module({})
export class MongoModule implements OnModuleInit {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  static connect(uri: string): DynamicModule {
    return {
      module: MongoModule,
      global: true,
      imports: [MongooseModule.forRoot(uri, CONNECTION_OPTIONS), sequences],
      providers: [Transactions, MongoHealth, SequenceRepository],
      exports: [Transactions, MongoHealth, SequenceRepository],
    };
  }

  /** Unique indexes are what stops doubles: no request is served before they exist. */
  async onModuleInit(): Promise<void> {
    await Promise.all(Object.values(this.connection.models).map((model) => model.init()));
  }
}
