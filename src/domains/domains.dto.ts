import { PageInfo } from '../platform/http/pagination.js';

export class DomainResponse {
  /** @example "dom_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /** @example "go.brand.com" */
  hostname: string;
  /** Until it is verified it serves nothing. */
  status: 'pending' | 'verified';
  createdAt: string;
}

export class DomainListResponse {
  data: DomainResponse[];
  page: PageInfo;
}
