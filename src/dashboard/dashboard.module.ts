import { Module } from '@nestjs/common';
import { DashboardController } from './dashboard.controller.js';
import { DashboardFiles } from './dashboard-files.service.js';

// src/dashboard: serves the dashboard, which web/ contains and `npm run build` builds. It is a client of the API like any other.
@Module({ controllers: [DashboardController], providers: [DashboardFiles] })
export class DashboardModule {}
