import { ApiProperty } from '@nestjs/swagger';
import { SIGN_IN_METHODS, type SignInMethod } from '../sessions/session.schema.js';

export class SessionResponse {
  /** @example "ses_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /** Whether this request came with it. */
  isCurrent: boolean;
  @ApiProperty({ enum: SIGN_IN_METHODS })
  method: SignInMethod;
  /** @example "Chrome on Windows" */
  device: string;
  /** City and country of the address at the sign-in, where they are known. @example "Berlin, DE" */
  @ApiProperty({ type: String, nullable: true })
  place: string | null;
  ip: string;
  createdAt: string;
  /** Accurate to about a minute. */
  lastSeenAt: string;
  /** When you last proved who you are in this browser. */
  authenticatedAt: string;
  expiresAt: string;
}

export class SessionListResponse {
  data: SessionResponse[];
}
