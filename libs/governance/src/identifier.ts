/** A human reference given by somebody else: an ODS code, a GSS code, a notice number. */
export interface Identifier {
  /** Who gives it: `ods`, `gss`, `moderngov`, `ocds`. */
  readonly scheme: string;
  readonly value: string;
}
