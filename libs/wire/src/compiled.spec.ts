import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, validateSync } from 'class-validator';
import fc from 'fast-check';
import { isRefusal, normalised } from '#kernel';
import { COMMANDS, type CommandName } from './commands.js';
import { passing } from './compiled.js';
import { interpreted, validated } from './validated.js';

type Input = new () => object;

/** What stands in no field, or only in some. */
const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'a\u0000',
    '\u200b',
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER,
    '2025-02-30',
    'PUBLIC',
  ),
  fc.constantFrom<unknown>([], [[]], {}, [{}], [null], ['x', 3], undefined, 'x'.repeat(301), 'e\u0301', 'body/', [
    undefined,
  ]),
  fc.jsonValue({ maxDepth: 2 }),
);

const storage = getMetadataStorage();

/** What a field takes mostly, as it is declared. */
const fitting = (input: Input, field: string, deep: number, odd: number): fc.Arbitrary<unknown> => {
  const rules = storage
    .getTargetValidationMetadatas(input, '', false, false)
    .filter((one) => one.propertyName === field);
  const names = new Set(rules.map(({ name }) => name));
  const type = defaultMetadataStorage.findTypeMetadata(input, field);
  const choices = rules.find(({ name }) => name === 'isIn')?.constraints[0] as readonly string[] | undefined;
  const days = names.has('isDay') ? ['2025-03-31', '2025-04-01'] : undefined;
  const texts = names.has('isRouteAddress')
    ? ['a@b.uk', 'https://b.uk/logs']
    : (days ?? (names.has('isMoment') ? ['2025-03-31T17:00:00Z'] : ['text', 'body/glos:1', 'decision/d1']));
  const one: fc.Arbitrary<unknown> = type
    ? deep > 2
      ? fc.constant({})
      : dataOf(type.typeFunction() as Input, deep + 1, odd)
    : names.has('isInt')
      ? fc.integer({ min: 0, max: 40 })
      : names.has('isBoolean')
        ? fc.boolean()
        : fc.constantFrom(...(choices ?? texts));
  return names.has('isArray') ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
};

/** @param odd how often something is odd in what else fits. */
const dataOf = (input: Input, deep = 0, odd = 1): fc.Arbitrary<object> => {
  const fields = new Set(storage.getTargetValidationMetadatas(input, '', false, false).map((one) => one.propertyName));
  const values = Object.fromEntries(
    [...fields].map((field) => [
      field,
      fc.oneof({ arbitrary: fitting(input, field, deep, odd), weight: 60 }, { arbitrary: ODD, weight: odd }),
    ]),
  );
  const needed = [...fields].filter(
    (field) =>
      !storage
        .getTargetValidationMetadatas(input, '', false, false)
        .some(({ propertyName, type }) => propertyName === field && type === 'conditionalValidation'),
  );
  const known = fc.record(values, { requiredKeys: needed });
  const other = fc
    .tuple(known, fc.constantFrom('unknown', ...needed), ODD)
    .map(([data, key, odd]) => ({ ...data, [key]: odd }));
  return fc.oneof({ arbitrary: known, weight: 8 }, { arbitrary: other, weight: odd });
};

const outcome = (work: () => object): unknown => {
  try {
    return work();
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { code: thrown.code, message: thrown.message, detail: thrown.detail };
  }
};

/** What class-validator says of the class itself. */
const passes = (input: Input, data: object): boolean =>
  validateSync(plainToInstance(input, data), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true })
    .length === 0;

describe('a check made once', () => {
  it.each(Object.keys(COMMANDS) as CommandName[])(
    'says of %s what class-validator says, and gives the same data',
    (name) => {
      const { input } = COMMANDS[name];
      fc.assert(
        fc.property(dataOf(input).map(normalised), (data) => {
          const isPassed = passing(input)({ ...data }) !== undefined;
          if (isPassed) expect(passes(input, data)).toBe(true);
          expect(outcome(() => validated(name, data))).toStrictEqual(outcome(() => interpreted(name, data)));
        }),
        { numRuns: 40 },
      );
      const fit = fc.sample(dataOf(input, 0, 0).map(normalised), 200) as Readonly<Record<string, unknown>>[];
      const passed = fit.find((data) => passing(input)(data) !== undefined) ?? {};
      expect(Object.keys(passed).length > 0 || passing(input)({})).toBeTruthy();
      for (const left of Object.keys(passed)) {
        const rest = Object.fromEntries(Object.entries(passed).filter(([key]) => key !== left));
        expect([left, passing(input)(rest) !== undefined]).toEqual([left, passes(input, rest)]);
      }
    },
  );
});
