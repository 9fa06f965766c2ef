import { OmitType } from '@nestjs/swagger';
import { PostbackListQuery } from './postbacks.dto.js';

/** What can be asked of the list can be exported. */
export class PostbackExportQuery extends OmitType(PostbackListQuery, ['limit', 'cursor'] as const) {}
