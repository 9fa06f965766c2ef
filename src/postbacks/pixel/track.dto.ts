import { IsString, Length, Matches, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.decorator.js';

/** What a page tells. */
export class TrackRequest {
  /**
   * The network's key, as in its postback URL.
   * @example "4tXq0Lr8sVb2Nc6Dw9Zk1Yp3"
   */
  @IsString()
  @Length(1, 100)
  key: string;

  /** The click id that the landing page got. */
  @IsString()
  @Length(1, 200)
  clickId: string;

  /**
   * An event type, or a word of the network's.
   * @example "registration"
   */
  @IsString()
  @Length(1, 100)
  event: string;

  /**
   * A decimal as text.
   * @example "50.00"
   */
  @Omittable()
  @IsString()
  @MaxLength(40)
  payout?: string;

  /**
   * Default: the network's.
   * @example "EUR"
   */
  @Omittable()
  @Matches(/^[A-Za-z]{3}$/, { message: 'currency must be an ISO 4217 currency such as EUR' })
  currency?: string;

  /** The page's own name for the transaction: the same one again counts once. */
  @Omittable()
  @IsString()
  @MaxLength(200)
  txid?: string;

  /** The page's own name for the player or customer. */
  @Omittable()
  @IsString()
  @MaxLength(200)
  playerId?: string;
}
