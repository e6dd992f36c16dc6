import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../apps/api/src/project.js';

/** A block of commands as a page tells them. */
export interface Told {
  readonly page: string;
  readonly block: string;
}

const pagesIn = (folder: string, name: RegExp): readonly string[] =>
  readdirSync(join(PROJECT_FOLDER, folder), { recursive: true })
    .map(String)
    .filter((path) => name.test(path))
    .map((path) => join(folder, path))
    .toSorted();

/** Every page of the project that tells people what to type. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...pagesIn('docs', /^[^/]+\.md$/),
  ...pagesIn('examples', /README\.md$/),
];

export const textOf = (page: string): string => readFileSync(join(PROJECT_FOLDER, page), 'utf8');

/** Fenced blocks, by what is said to be in them; '' where a page does not say. */
const fencedIn = (text: string): readonly (readonly [language: string, block: string])[] =>
  [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', block = '']) => [language, block]);

/** Blocks whose language is not said: nobody can tell whether they are commands. */
export const unnamedIn = (page: string): readonly string[] =>
  fencedIn(textOf(page)).flatMap(([language, block]) => (language === '' ? [block] : []));

export const toldIn = (page: string): readonly Told[] =>
  fencedIn(textOf(page)).flatMap(([language, block]) => (language === 'sh' ? [{ page, block }] : []));

/** The lines of a block that do something, without what is remarked beside them. */
export const linesOf = (block: string): readonly string[] =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trimEnd())
    .filter((line) => line.trim() !== '');

/** What a page says inside a sentence: `register status`, `npm run bench -- --only memory`. */
export const mentionedIn = (page: string): readonly string[] =>
  [
    ...textOf(page)
      .replaceAll(/^```.*?^```$/gms, '')
      .matchAll(/`((?:npm run|register) [^`]+)`/g),
  ].map(([, command = '']) => command.replaceAll(/\s+/g, ' '));
