import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Submit, SubmitHandler, type Receipt } from '#command';
import { EventStore } from '#event-store';

/** The one door, on Nest's command bus. */
@CommandHandler(Submit)
export class Submitting extends SubmitHandler implements ICommandHandler<Submit, Receipt> {
  constructor(store: EventStore) {
    super(store);
  }
}
