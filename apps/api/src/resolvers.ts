import type { Type } from '@nestjs/common';
import { OrganisationResolver } from './organisation/organisation.resolver.js';
import { RegisterResolver } from './register/register.resolver.js';

/** Every resolver of the API: the served schema and the committed one are made of the same list. */
export const RESOLVERS: readonly Type[] = [RegisterResolver, OrganisationResolver];
