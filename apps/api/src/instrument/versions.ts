import { Injectable } from '@nestjs/common';
import { issuedVersions, subjectOf, type InstrumentEvent, type IssuedVersion } from '#governance';
import { liveEvents, type DomainEvent } from '#kernel';
import type { Basis } from '#register';
import { SubjectHistory } from '../history/subject-history.js';
import type { RequestContext } from '../request-context.js';

/** Versions of instruments, read off what was recorded of them: a state keeps only the one that stands. */
@Injectable()
export class InstrumentVersions {
  constructor(private readonly histories: SubjectHistory) {}

  /** Those that were issued by a day, as known at a position, in the order in which they take effect. */
  async of(instrument: string, basis: Basis, context: RequestContext): Promise<readonly IssuedVersion[]> {
    const events = await this.histories.events(subjectOf('instrument', instrument), context);
    const known = liveEvents(events.filter(({ position }) => position <= basis.position));
    const held = known.filter(({ event }) => event.effectiveOn <= basis.asAt);
    return issuedVersions(held.map(({ event }) => event as DomainEvent & InstrumentEvent));
  }
}
