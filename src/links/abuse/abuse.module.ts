import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AbuseReport, AbuseReportSchema } from './abuse-report.schema.js';
import { AbuseReportsController } from './abuse-reports.controller.js';
import { AbuseReportsRepository } from './abuse-reports.repository.js';
import { AbuseReports } from './abuse-reports.service.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: AbuseReport.name, schema: AbuseReportSchema }])],
  controllers: [AbuseReportsController],
  providers: [AbuseReportsRepository, AbuseReports],
  exports: [AbuseReports],
})
export class AbuseModule {}
