import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, keysInOrder, parseJson, sameJson } from './canonical-json.js';

const jsonValue = fc
  .jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })
  .filter((value) => !/\d{16}|e\+/.test(JSON.stringify(value)));

describe('the one text of a value (RFC 8785)', () => {
  it('is that of the published vectors', () => {
    const value = JSON.parse(
      '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}',
    ) as unknown;
    expect(canonicalJson(value)).toBe(
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}',
    );
    expect(canonicalJson(JSON.parse('[333333333.33333329,4.50,2e-3,1e-27]'))).toBe(
      '[333333333.3333333,4.5,0.002,1e-27]',
    );
    expect(canonicalJson({ '\ufb33': 1, '\ud83d\ude02': 2 })).toBe('{"\ud83d\ude02":2,"\ufb33":1}');
  });
  it('says the same as JSON whatever the order of keys', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
  it('has its keys by UTF-16 code unit, be they few or many', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 80 }), (keys) => {
        const value = Object.fromEntries(keys.map((key) => [key, 1]));
        expect(keysInOrder(value)).toEqual(Object.keys(value).toSorted());
      }),
    );
  });
  it('is the same for two where they are found to be the same, whatever the order of keys', () => {
    const few = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constantFrom(null, true, false, 0, -0, 1, '', 'a'),
        fc.array(tie('any'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'toString', '0'), tie('any'), { maxKeys: 2 }),
      ),
    })).any;
    fc.assert(
      fc.property(few, few, (one, other) => {
        expect(sameJson(one, other)).toBe(canonicalJson(one) === canonicalJson(other));
        expect(sameJson(one, JSON.parse(canonicalJson(one)))).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(sameJson({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    for (const other of [{}, { a: 0 }, { b: 1 }, { a: [1] }, [1], 1, null])
      expect(sameJson({ a: 1 }, other)).toBe(false);
  });
  it('is refused to what JSON cannot hold exactly', () => {
    const strange = [
      undefined,
      () => 1,
      new Date(0),
      new Map(),
      1n,
      Number.NaN,
      2 ** 53,
      '\ud800',
      Object.assign([], { 1: 1 }),
      { a: undefined },
    ];
    for (const value of strange) expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson(JSON.parse('{"__proto__":1}'))).toThrow('__proto__');
  });
});

describe('reading JSON from outside', () => {
  it('refuses what is no JSON, a key given twice, __proto__ and deep nesting, naming the field', () => {
    for (const text of [
      '{',
      '{"a":1,"a":2}',
      '{"b":{"a":1,"\\u0061":2}}',
      '{"__proto__":1}',
      '['.repeat(65) + ']'.repeat(65),
    ]) {
      expect(() => parseJson(text, 'line 3')).toThrow('line 3');
    }
  });
  it('finds a key given twice whatever stands between it and its colon, however it is written, at any depth', () => {
    for (const white of ['', ' ', ' '.repeat(30), ' '.repeat(31), ' '.repeat(5_000), '\t\r\n'.repeat(40)]) {
      for (const key of ['"a"', '"\\u0061"']) {
        const object = `{"b" : "a", "a"${white}:1, ${key}${white}:2}`;
        for (const text of [object, `[{"a":${object}}]`, `{"a":[{}, ${object}]}`]) {
          expect(() => parseJson(text, 'line 3')).toThrow('the key "a" is given twice');
        }
      }
    }
  });
  it('takes the same key in different objects, and braces and quotes inside texts', () => {
    const text = '[{"a":"{\\"a\\":1}"},{"a":"}"},{"b":{"a":[]}}]';
    expect(parseJson(text, 'x')).toEqual(JSON.parse(text));
    expect(parseJson('['.repeat(64) + ']'.repeat(64), 'x')).toBeDefined();
  });
});
