import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CONNECTION_OPTIONS } from './connection-options.js';
import { dropReplacedIndexes } from './replaced-indexes.js';
import { SessionRegistry } from './session-registry.service.js';
import { MongoHealth } from './mongo-health.service.js';
import { SequenceRepository } from './sequence.repository.js';
import { Sequence, SequenceSchema } from './sequence.schema.js';
import { Transactions } from './transactions.js';

const models = MongooseModule.forFeature([{ name: Sequence.name, schema: SequenceSchema }]);

const PREPARED_AT_ONCE = 4;
/** Else mongoose creates the collections and indexes of all models at the same moment. */
const PREPARED_BY_US = { autoCreate: false, autoIndex: false } as const;

/** The connection, transactions and number sequences. */
@Module({})
export class MongoModule implements OnModuleInit {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  static connect(uri: string): DynamicModule {
    return {
      module: MongoModule,
      global: true,
      imports: [MongooseModule.forRoot(uri, { ...CONNECTION_OPTIONS, ...PREPARED_BY_US, retryAttempts: 0 }), models],
      providers: [SessionRegistry, Transactions, MongoHealth, SequenceRepository],
      exports: [Transactions, MongoHealth, SequenceRepository],
    };
  }

  /**
   * Unique indexes prevent duplicates, so no request is served before they exist. A few connections create them: a busy
   * machine could not open one for each model within the time that a caller waits for a connection.
   */
  async onModuleInit(): Promise<void> {
    const models = Object.values(this.connection.models).values();
    const prepare = async (): Promise<void> => {
      for (const model of models) {
        await model.createCollection();
        await model.createIndexes();
        await dropReplacedIndexes(model);
      }
    };
    await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, prepare));
  }
}
