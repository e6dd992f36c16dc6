import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { LATEST_END, isCivilDate, isInstantText, textTrouble, unseenIn } from '#kernel';
import type { Aggregate } from '#governance';
import { DateScalar, Field, ID, InstantScalar, Int, type ReturnTypeFunc } from '#schema';

/**
 * One line per field of a command: the GraphQL field with its description, and the rules that hold at every door.
 * The same sentence comes out of a mutation and out of an imported line.
 */
export interface Options {
  /** The field may be left out. */
  readonly optional?: boolean;
  /** A list of such values, at most 200. */
  readonly many?: boolean;
}

const LONGEST_LIST = 200;

const NEEDED_DAY = 'needed a day as YYYY-MM-DD, for example 2025-03-31';

/** The fields of each input in which people write as they like. */
const FREE_TEXTS = new WeakMap<object, Set<PropertyKey>>();

/** True for a field in which people write as they like; false for ids, days, choices, and numbers given by others. */
export const isFreeText = (input: object, field: string): boolean => {
  for (let type: unknown = input; typeof type === 'object' && type !== null; type = Object.getPrototypeOf(type)) {
    if (FREE_TEXTS.get(type)?.has(field)) return true;
  }
  return false;
};

const asFreeText: PropertyDecorator = (target, key) => {
  FREE_TEXTS.set(target, (FREE_TEXTS.get(target) ?? new Set()).add(key));
};

interface TextOptions extends Options {
  /** Longest text, in UTF-16 code units; default 300. */
  readonly max?: number;
  /** A number or code that somebody else gives, such as that of a notice: not looked at for patients' numbers. */
  readonly code?: boolean;
}

/** An empty text is refused: leave the field out. */
export const Text = (description: string, options: TextOptions = {}): PropertyDecorator =>
  field(() => String, description, options, ...textRules(options));

/** A human reference: a text by which something is found, without what nobody sees. */
export const Reference = (description: string, options: TextOptions = {}): PropertyDecorator =>
  field(() => String, description, options, ...textRules(options, unseenIn));

const textRules = ({ max = 300, many = false, code }: TextOptions, more?: typeof unseenIn): PropertyDecorator[] => [
  text(max, many, more),
  ...(code ? [] : [asFreeText]),
];

/** Text of several paragraphs, at most 20,000 characters. */
export const Prose = (description: string, options: Options = {}): PropertyDecorator =>
  Text(description, { ...options, max: 20_000 });

/** The id of another subject, which has to be in the register: its key, or its global id as receipts give it. */
export const Subject = (aggregate: Aggregate, description: string, options: Options = {}): PropertyDecorator => {
  const bare = (id: unknown): unknown =>
    typeof id === 'string' && id.startsWith(`${aggregate}/`) ? id.slice(aggregate.length + 1) : id;
  const keys = Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(bare) : bare(value)));
  const rule = text(200, options.many ?? false, unseenIn);
  return field(() => ID, `${description} (id of the ${aggregate}.)`, options, rule, keys);
};

export const Day = (description: string, options: Options = {}): PropertyDecorator =>
  field(() => DateScalar, description, options, day(isCivilDate, NEEDED_DAY, options));

/** The last day of something: the register keeps the first day without it, which has to be a day as well. */
export const LastDay = (description: string, options: Options = {}): PropertyDecorator => {
  const isLastDay = (value: unknown): boolean => isCivilDate(value) && value <= LATEST_END;
  const needed = `needed a last day as YYYY-MM-DD up to ${LATEST_END}; leave the field out where it has no end`;
  return field(() => DateScalar, description, options, day(isLastDay, needed, options));
};

export const Moment = (description: string, options: Options = {}): PropertyDecorator =>
  field(
    () => InstantScalar,
    description,
    options,
    ValidateBy({
      name: 'isMoment',
      validator: {
        validate: (value) => isInstantText(value),
        defaultMessage: () => 'needed a moment with a time zone, for example 2025-03-31T17:00:00Z',
      },
    }),
  );

export const Whole = (
  description: string,
  options: Options & { readonly min?: number; readonly max?: number } = {},
): PropertyDecorator => {
  const { min = 0, max = 2_147_483_647 } = options;
  const message = `needed a whole number from ${min} to ${max}`;
  return field(() => Int, description, options, IsInt({ message }), Min(min, { message }), Max(max, { message }));
};

export const Flag = (description: string, options: Options = {}): PropertyDecorator =>
  field(() => Boolean, description, options, IsBoolean({ message: 'needed true or false' }));

/** @param values an `enumeration` of #schema. */
export const OneOf = (
  values: Readonly<Record<string, string>>,
  description: string,
  options: Options = {},
): PropertyDecorator =>
  field(
    () => values,
    description,
    options,
    IsIn(Object.keys(values), {
      each: options.many ?? false,
      message: `needed one of ${Object.keys(values).join(', ')}`,
    }),
  );

/** Another input class inside this one. @param message what is needed where something else is given. */
export const Part = (
  type: () => new () => object,
  description: string,
  options: Options = {},
  message?: string,
): PropertyDecorator =>
  field(
    type,
    description,
    options,
    ValidateNested({ each: options.many ?? false, ...(message !== undefined && { message }) }),
    Type(type),
  );

export function field(
  type: () => unknown,
  description: string,
  { optional = false, many = false }: Options,
  ...rules: readonly PropertyDecorator[]
): PropertyDecorator {
  const returns = (() => (many ? [type()] : type())) as ReturnTypeFunc;
  const decorators: PropertyDecorator[] = [Field(returns, { description, nullable: optional }), ...rules];
  if (optional) decorators.push(IsOptional());
  if (many) {
    decorators.push(
      IsArray({ message: 'needed a list' }),
      ArrayMinSize(1, { message: 'needed at least one entry; leave the field out instead' }),
      ArrayMaxSize(LONGEST_LIST, { message: `needed at most ${LONGEST_LIST} entries` }),
    );
  }
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
}

const day = (validate: (value: unknown) => boolean, needed: string, { many = false }: Options): PropertyDecorator =>
  ValidateBy({ name: 'isDay', validator: { validate, defaultMessage: () => needed } }, { each: many });

/** @param more what else is wrong with a text, or undefined. */
function text(max: number, each: boolean, more: typeof unseenIn = () => undefined): PropertyDecorator {
  const trouble = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return 'needed text';
    if (value.trim() === '') return 'needed text that is not empty';
    if (value.length > max) return `needed at most ${max} characters, found ${value.length}`;
    const found = textTrouble(value) ?? more(value);
    return found && `found ${found}, needed text without it`;
  };
  return ValidateBy(
    {
      name: 'isText',
      validator: {
        validate: (value) => trouble(value) === undefined,
        defaultMessage: (found) => {
          const values: unknown[] = Array.isArray(found?.value) ? found.value : [found?.value];
          return values.map(trouble).find((sentence) => sentence !== undefined) ?? 'needed text';
        },
      },
    },
    { each },
  );
}
