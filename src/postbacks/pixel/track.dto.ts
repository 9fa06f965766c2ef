import { IsString, Length, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';

/** The report of a web page. */
export class TrackRequest {
  /**
   * The network's `pixelKey`. The key of its postback URL is refused with the reason `secret_key`.
   * @example "4tXq0Lr8sVb2Nc6Dw9Zk1Yp3"
   */
  @IsString()
  @Length(1, 100)
  key: string;

  /** The click id that the landing page received. */
  @IsString()
  @Length(1, 200)
  clickId: string;

  /**
   * An event type, or the network's word for one.
   * @example "registration"
   */
  @IsString()
  @Length(1, 100)
  event: string;

  /**
   * An amount, as text or number; it may contain the currency.
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

  /** The page's id of the transaction. Repeats of the same id count once. */
  @Omittable()
  @IsString()
  @MaxLength(200)
  txid?: string;

  /** The page's id of the player or customer. */
  @Omittable()
  @IsString()
  @MaxLength(200)
  playerId?: string;
}
