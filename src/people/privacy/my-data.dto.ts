import { IsString, MaxLength } from 'class-validator';

export class DeleteMeRequest {
  /** Your e-mail address. */
  @IsString()
  @MaxLength(254)
  confirm: string;
}
