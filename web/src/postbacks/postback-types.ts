import type { Schema } from '../api/client';

export type Postback = Schema<'PostbackResponse'>;
export type PostbackDetail = Schema<'PostbackDetailResponse'>;
export type PostbackParameter = Schema<'PostbackParameterResponse'>;
export type PostbackNetwork = Schema<'NetworkResponse'>;
export type NetworkMapping = Schema<'NetworkMappingResponse'>;
export type MappingEffect = Schema<'MappingChangePreviewResponse'>;
export type BulkReplay = Schema<'BulkReplayResponse'>;
