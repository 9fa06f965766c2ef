import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { PassportModule } from '@nestjs/passport';
import { ApiKey, ApiKeySchema } from './api-key.schema.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ApiKeyReadModel } from './api-key.read-model.js';
import { ApiKeyStrategy } from './api-key.strategy.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { Workspace, WorkspaceSchema } from './workspace.schema.js';
import { WorkspaceSettingsService } from './workspace-settings.service.js';
import { WorkspacesController } from './workspaces.controller.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import { WorkspacesService } from './workspaces.service.js';

@Module({
  imports: [
    PassportModule,
    MongooseModule.forFeature([
      { name: Workspace.name, schema: WorkspaceSchema },
      { name: ApiKey.name, schema: ApiKeySchema },
    ]),
  ],
  controllers: [WorkspacesController, ApiKeysController],
  providers: [
    WorkspacesRepository,
    ApiKeysRepository,
    ApiKeyReadModel,
    ApiKeyStrategy,
    WorkspacesService,
    WorkspaceSettingsService,
    { provide: APP_GUARD, useClass: ApiKeyGuard },
  ],
  exports: [WorkspacesService, WorkspaceSettingsService],
})
export class WorkspacesModule {}
