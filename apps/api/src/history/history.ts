import type { Provider } from '@nestjs/common';
import { Changes } from './changes.js';
import { Names } from './names.js';
import { SubjectHistory } from './subject-history.js';
import { Subjects } from './subjects.js';

/** What the resolvers of this folder are given. */
export const HISTORY: readonly Provider[] = [Subjects, Names, SubjectHistory, Changes];
