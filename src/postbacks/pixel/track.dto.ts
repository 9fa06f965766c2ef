import { IsString, Length, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';

/** What a page tells. */
export class TrackRequest {
  /**
   * The network's `pixelKey`. The key of its postback URL is refused with the reason `secret_key`.
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
   * An amount, as text or number; a currency may stand beside it.
   * @example "50.00"
   */
  @Omittable()
  @IsString()
  @MaxLength(64)
  payout?: string;

  /**
   * Default: the network's.
   * @example "EUR"
   */
  @Omittable()
  @IsString()
  @MaxLength(40)
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
