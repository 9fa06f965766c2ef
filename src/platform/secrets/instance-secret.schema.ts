import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A key that every instance on this database shares, or the fingerprint of one. Made once, when it is first needed. */
@Schema({ collection: 'instanceSecrets', versionKey: false })
export class InstanceSecret {
  /** The purpose of the key. */
  @Prop({ type: String, required: true })
  _id: string;

  /** 32 random bytes as hex; of a fingerprint 8 bytes. */
  @Prop({ type: String, required: true })
  value: string;
}

export const InstanceSecretSchema = SchemaFactory.createForClass(InstanceSecret);
