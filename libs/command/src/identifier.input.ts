import { InputType } from '@nestjs/graphql';
import type { Identifier } from '#governance';
import { Text } from './fields.js';

@InputType({ description: 'A human reference given by somebody else.' })
export class IdentifierInput implements Identifier {
  @Text('Who gives it: ods, gss, moderngov, ocds.', { max: 40 })
  scheme!: string;

  @Text('The reference itself, for example QR1.', { max: 200, code: true })
  value!: string;
}
