/** What the people and services who come to the register do with it. Anything else in a token's roles is ignored. */
export const ROLES = ['governance-officer', 'scrutiny-officer', 'auditor', 'reader', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** One line each, for documentation and for whoever hands out the roles. */
export const ROLE_MEANINGS: Readonly<Record<Role, string>> = {
  'governance-officer': 'records everything and reads everything',
  'scrutiny-officer': 'records what scrutiny committees ask, receive and recommend; reads what is public',
  auditor: 'reads everything, also what is withheld, at every date and as known at every moment',
  reader: 'reads what is public',
  operator: 'runs the register: imports and rebuilds from the command line; reads what is public',
};

export const isRole = (text: unknown): text is Role => (ROLES as readonly unknown[]).includes(text);
