import { Module } from '@nestjs/common';
import { DomainsModule } from '../../domains/domains.module.js';
import { LinksModule } from '../links.module.js';
import { QrController } from './links-qr.controller.js';
import { PngRenderer } from './png-renderer.service.js';
import { QrCodes } from './qr-codes.service.js';

@Module({
  imports: [LinksModule, DomainsModule],
  controllers: [QrController],
  providers: [QrCodes, PngRenderer],
})
export class QrModule {}
