import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { LinksModule } from '../links/links.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { CountersModule } from '../counters/counters.module.js';
import { ClickFactsService } from './click-facts/click-facts.service.js';
import { ConversionScanReadModel } from './click-facts/conversion-scan.read-model.js';
import { FactsMigrationState, FactsMigrationSchema } from './click-facts/facts-migration.schema.js';
import { FactsMigration } from './click-facts/facts-migration.service.js';
import { FactsMigrationStateRepository } from './click-facts/facts-migration-state.repository.js';
import { PlayerLock, PlayerLockSchema } from './players/player-lock.schema.js';
import { PlayerLocksRepository } from './players/player-locks.repository.js';
import { ConversionExportController } from './export/conversion-export.controller.js';
import { ConversionExport } from './export/conversion-export.service.js';
import { ConversionSearch } from './conversion-search.service.js';
import { Conversion, ConversionSchema } from './conversion.schema.js';
import { ConversionErasure } from './conversion-erasure.service.js';
import { ConversionEvidence } from './conversion-evidence.service.js';
import { ConversionLoader } from './conversion-loader.service.js';
import { ConversionFilters } from './conversion-filters.service.js';
import { ConversionTotalsService } from './conversion-totals.service.js';
import { ConversionReader } from './conversion-reader.service.js';
import { LinksOfClicks } from './links-of-clicks.service.js';
import { ManualConversionsController } from './manual/manual-conversions.controller.js';
import { ManualConversionsService } from './manual/manual-conversions.service.js';
import { ConversionsController } from './conversions.controller.js';
import { ConversionsRepository } from './conversions.repository.js';
import { ConversionsService } from './conversions.service.js';
import { ConversionImportKind } from './import/conversion-import-kind.service.js';
import { ConversionImportPresenter } from './import/conversion-import-presenter.service.js';
import { ConversionImports } from './import/conversion-imports.service.js';
import { ImportPreview } from './import/import-preview.service.js';
import { FileDialects } from './import/file-dialects.service.js';
import { ImportsController } from './import/imports.controller.js';
import { RowInterpreter } from './import/row-interpreter.service.js';
import { MissingRevenue } from './missing-revenue.service.js';
import { VariantResults } from './variant-results.service.js';
import { WaitingConversions } from './click-facts/waiting-conversions.read-model.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';

/**
 * Conversions: events that networks, pages and people report, attributed to clicks.
 * Start with conversions.service.ts (attribute, plan, write) and rules/ledger.ts (the pure rules of what changes).
 * `import/` reads CSV files, `manual/` is for people, `click-facts/` adds what is known of the click.
 */
@Module({
  imports: [
    WorkspacesModule,
    ImportsModule,
    ClicksModule,
    LinksModule,
    RatesModule,
    NetworksModule,
    CountersModule,
    MongooseModule.forFeature([
      { name: Conversion.name, schema: ConversionSchema },
      { name: PlayerLock.name, schema: PlayerLockSchema },
      { name: FactsMigrationState.name, schema: FactsMigrationSchema },
    ]),
  ],
  controllers: [ConversionExportController, ImportsController, ConversionsController, ManualConversionsController],
  providers: [
    ConversionsRepository,
    PlayerLocksRepository,
    ConversionErasure,
    LinksOfClicks,
    ConversionEvidence,
    ConversionLoader,
    ConversionsService,
    ConversionExport,
    ConversionFilters,
    ConversionTotalsService,
    ConversionReader,
    ConversionSearch,
    ManualConversionsService,
    WaitingConversions,
    ClickFactsService,
    ConversionScanReadModel,
    FactsMigrationStateRepository,
    FactsMigration,
    MissingRevenue,
    VariantResults,
    RowInterpreter,
    ConversionImportKind,
    ConversionImportPresenter,
    ConversionImports,
    FileDialects,
    ImportPreview,
  ],
  exports: [ConversionEvidence, ConversionReader, ConversionSearch, ConversionsService],
})
export class ConversionsModule {}
