import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { WorkspacesModule } from '../../workspaces/workspaces.module.js';
import { UtmTemplate, UtmTemplateSchema } from './utm-template.schema.js';
import { UtmTemplatesController } from './utm-templates.controller.js';
import { UtmTemplatesRepository } from './utm-templates.repository.js';
import { UtmTemplates } from './utm-templates.service.js';

@Module({
  imports: [WorkspacesModule, MongooseModule.forFeature([{ name: UtmTemplate.name, schema: UtmTemplateSchema }])],
  controllers: [UtmTemplatesController],
  providers: [UtmTemplatesRepository, UtmTemplates],
  exports: [UtmTemplates],
})
export class UtmTemplatesModule {}
