import { eventStoreContract } from '../contract/event-store.contract.js';
import { MemoryEventStore } from './memory.event-store.js';

eventStoreContract('MemoryEventStore', (options) => Promise.resolve({ store: new MemoryEventStore(options) }));
