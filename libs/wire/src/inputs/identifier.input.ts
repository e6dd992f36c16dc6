import { InputType } from '#schema';
import type { Identifier } from '#governance';
import { Reference } from '../fields.js';

@InputType({ description: 'A human reference given by somebody else.' })
export class IdentifierInput implements Identifier {
  @Reference('Who gives it: ods, gss, moderngov, ocds.', { max: 40 })
  scheme!: string;

  @Reference('The reference itself, for example QR1.', { max: 200, code: true })
  value!: string;
}
