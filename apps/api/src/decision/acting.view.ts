import { ObjectType } from '#schema';
import type { Basis } from '#register';

@ObjectType('ActingUnder', {
  description: 'By which appointment and under which delegation somebody acted who may hold several of both.',
})
export class ActingUnderView {
  /** Ids; the resolver shows the subjects themselves. */
  appointment?: string;
  delegation?: string;
  basis!: Basis;
}
