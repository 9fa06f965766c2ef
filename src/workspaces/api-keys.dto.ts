import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsIn, IsString, Length } from 'class-validator';
import { PageInfo } from '../platform/http/pagination.js';
import { ALL_SCOPES, SCOPES } from './scopes.js';

export class CreateApiKeyRequest {
  /** What the key is for. */
  @IsString()
  @Length(1, 100)
  name: string;

  /**
   * What the key may do; `*` for everything.
   * @example ["links:read", "links:write"]
   */
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn([ALL_SCOPES, ...SCOPES], { each: true })
  scopes: string[];
}

export class ApiKeyResponse {
  /** @example "key_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** The key's last four characters. */
  last4: string;
  scopes: string[];
  createdAt: string;
}

export class ApiKeyCreatedResponse extends ApiKeyResponse {
  /** The key itself. Shown this once. */
  key: string;
}

export class ApiKeyListResponse {
  data: ApiKeyResponse[];
  page: PageInfo;
}
