import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A key that every instance on this database shares. Made once, at the first start. */
@Schema({ collection: 'instanceSecrets', versionKey: false })
export class InstanceSecret {
  /** The purpose of the key. */
  @Prop({ type: String, required: true })
  _id: string;

  /** 32 random bytes as hex. */
  @Prop({ type: String, required: true })
  value: string;
}

export const InstanceSecretSchema = SchemaFactory.createForClass(InstanceSecret);
