import { describe, expect, it } from '@jest/globals';
import { inCase } from './case.js';

type Nodes = { readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[] };
const nodes = (data: unknown, field: string): readonly Readonly<Record<string, unknown>>[] =>
  (data as Readonly<Record<string, Nodes>>)[field]?.edges.map(({ node }) => node) ?? [];

describe('case 08: rows that vanish from a list that is whole', () => {
  it('say that somebody has left between the two lists', () =>
    inCase('08', ({ report, answer, ask }) => {
      expect(report.files[1]).toMatchObject({ unchanged: 1, left: 1 });
      expect(nodes(answer?.data, 'appointments').map(({ person }) => person)).toEqual([{ name: 'Ann Example' }]);
      return ask('{ appointments(body:"v:b",asAt:"2026-05-31"){edges{node{person{name}}}} }').then(({ data }) =>
        expect(nodes(data, 'appointments')).toHaveLength(2),
      );
    }));
});

describe('case 09: the chair steps down', () => {
  it('a cell that became blank is a change: one Chair, and a member without an office', () =>
    inCase('09', ({ report, answer }) => {
      expect(report.files[1]).toMatchObject({ recorded: 2, unchanged: 0 });
      expect(nodes(answer?.data, 'appointments').map(({ person, role }) => [person, role])).toEqual(
        expect.arrayContaining([
          [{ name: 'Ann Example' }, null],
          [{ name: 'Bob Example' }, 'Chair'],
        ]),
      );
    }));
});

describe('case 10: a by-election in a list by seat', () => {
  it('keeps the predecessor, and calls nobody an error', () =>
    inCase('10', ({ answer }) => {
      const held = (field: string): readonly unknown[] => nodes(answer?.data, field).map(({ person }) => person);
      expect(held('in2022')).toEqual([{ name: 'Ann Example' }]);
      expect(held('in2024')).toEqual([{ name: 'Bob Example' }]);
      expect(nodes(answer?.data, 'in2024')[0]).toMatchObject({ inOfficeSince: '2023-06-22' });
      expect(nodes(answer?.data, 'history').map(({ why }) => why)).toEqual([null, null, null]);
    }));
});

describe('case 12: a name put right in the file', () => {
  it('is put right in the register', () =>
    inCase('12', ({ report, answer }) => {
      expect(report.files[1]).toMatchObject({ corrected: 1, unchanged: 0 });
      expect(nodes(answer?.data, 'people').map(({ name }) => name)).toEqual(['Ann Example']);
    }));
});
