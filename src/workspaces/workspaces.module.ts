import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { ApiKey, ApiKeySchema } from './api-keys/api-key.schema.js';
import { AccessGuard } from './access/access.guard.js';
import { ApiKeyReadModel } from './api-keys/api-key.read-model.js';
import { ApiKeyStrategy } from './api-keys/api-key.strategy.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeyUse } from './api-keys/api-key-use.service.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AuditEntriesRepository } from './audit/audit-entries.repository.js';
import { AuditEntry, AuditEntrySchema } from './audit/audit-entry.schema.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { AuditLog } from './audit/audit-log.service.js';
import { PersonTraces } from './audit/person-traces.repository.js';
import { WorkspaceDeletion, WorkspaceDeletionSchema } from './deletion/workspace-deletion.schema.js';
import { WorkspaceDeletionsController } from './deletion/workspace-deletions.controller.js';
import { WorkspaceDeletionsRepository } from './deletion/workspace-deletions.repository.js';
import { WorkspaceDeletions } from './deletion/workspace-deletions.service.js';
import { WorkspaceExportController } from './export/workspace-export.controller.js';
import { WorkspaceExport } from './export/workspace-export.service.js';
import { WorkspaceContentsRepository } from './workspace-contents.repository.js';
import { AllWorkspaces } from './retention/all-workspaces.read-model.js';
import { LinkRestrictions } from './restrictions/link-restrictions.service.js';
import { RestrictionsInterceptor } from './restrictions/restrictions.interceptor.js';
import { RetentionService } from './retention/retention.service.js';
import { QuotaUsageRepository } from './plans/quota-usage.repository.js';
import { Quotas } from './plans/quotas.service.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { Workspace, WorkspaceSchema } from './workspace.schema.js';
import { WorkspaceSettingsService } from './settings/workspace-settings.service.js';
import { WorkspacesController } from './workspaces.controller.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import { WorkspacesService } from './workspaces.service.js';

// src/workspaces: the tenants with their API keys, settings, plans, audit log, export, retention and deletion. Every API request
// passes access/access.guard.ts, which sets the caller (caller.ts). Start reading there, then settings/ for the settings
// that other modules read, and workspaces.ports.ts for the calls into other modules.
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Workspace.name, schema: WorkspaceSchema },
      { name: ApiKey.name, schema: ApiKeySchema },
      { name: WorkspaceDeletion.name, schema: WorkspaceDeletionSchema },
      { name: AuditEntry.name, schema: AuditEntrySchema },
    ]),
  ],
  controllers: [
    WorkspacesController,
    WorkspaceDeletionsController,
    WorkspaceExportController,
    ApiKeysController,
    AuditLogController,
  ],
  providers: [
    WorkspacesRepository,
    ApiKeysRepository,
    ApiKeyReadModel,
    ApiKeyStrategy,
    ApiKeyUse,
    ApiKeysService,
    AuditEntriesRepository,
    AuditLog,
    PersonTraces,
    QuotaUsageRepository,
    Quotas,
    AllWorkspaces,
    RetentionService,
    WorkspaceContentsRepository,
    WorkspaceDeletionsRepository,
    WorkspaceDeletions,
    WorkspaceExport,
    WorkspacesService,
    WorkspaceSettingsService,
    LinkRestrictions,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: RestrictionsInterceptor },
  ],
  exports: [
    ApiKeysService,
    AuditLog,
    PersonTraces,
    LinkRestrictions,
    Quotas,
    WorkspaceDeletions,
    WorkspacesService,
    WorkspaceSettingsService,
  ],
})
export class WorkspacesModule {}
