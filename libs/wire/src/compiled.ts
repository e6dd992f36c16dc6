import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, IS_OPTIONAL, type ValidationArguments } from 'class-validator';

type Input = new () => object;
type Rule = (value: unknown, object: object) => boolean;
type Given = Readonly<Record<string, unknown>>;

/** Data as class-transformer gives it, where class-validator finds nothing wrong; undefined where it might. */
export type Passing = (given: Given) => Record<string, unknown> | undefined;

/** One field of an input, as it was declared. */
interface Compiled {
  /** All have to say so for the rules to be asked. */
  readonly conditions: readonly Rule[];
  readonly rules: readonly Rule[];
  /** What it is turned into before, one after the other. */
  readonly transforms: readonly ((value: unknown, key: string, of: object) => unknown)[];
  /** The input inside it. */
  readonly part?: () => Passing;
  /** Where it is left out, no rule is asked. */
  readonly isOptional: boolean;
}

const COMPILED = new WeakMap<Input, Passing>();

const NEVER: Passing = () => undefined;

/**
 * A check of an input made once from what class-validator and class-transformer were told of its class, which are asked
 * only where something may be wrong: they know what to say. What is declared in a way that is not known here is left to
 * them whole. It is held against them in `compiled.spec.ts`, for every input.
 */
export const passing = (input: Input): Passing => {
  const known = COMPILED.get(input);
  if (known) return known;
  const fields = fieldsOf(input);
  const compiled = fields ? passingAll(fields) : NEVER;
  COMPILED.set(input, compiled);
  return compiled;
};

const passingAll = (fields: ReadonlyMap<string, Compiled>): Passing => {
  const needed = [...fields].filter(([, { isOptional }]) => !isOptional);
  const passes = (field: Compiled, value: unknown, data: object): boolean =>
    !isMetBy(field.conditions, value, data) || isMetBy(field.rules, value, data);
  return (given) => {
    const data: Record<string, unknown> = {};
    for (const key of Object.keys(given)) {
      const field = fields.get(key);
      if (!field) return undefined;
      let value = given[key];
      if (field.part && value !== undefined && value !== null) {
        value = partsOf(field.part(), value);
        if (value === undefined) return undefined;
      }
      for (const transform of field.transforms) value = transform(value, key, given);
      data[key] = value;
    }
    // Of what may be left out, which is most, only what is there is looked at.
    for (const key of Object.keys(data)) if (!passes(fields.get(key) as Compiled, data[key], data)) return undefined;
    for (const [name, field] of needed)
      if (!Object.hasOwn(data, name) && !passes(field, undefined, data)) return undefined;
    return data;
  };
};

/** All of them. */
function isMetBy(rules: readonly Rule[], value: unknown, object: object): boolean {
  for (const rule of rules) if (!rule(value, object)) return false;
  return true;
}

/** An input inside another, or a list of them. */
function partsOf(passes: Passing, value: unknown): unknown {
  if (!Array.isArray(value)) return isPlain(value) ? passes(value) : undefined;
  const parts: object[] = [];
  for (const one of value as readonly unknown[]) {
    const part = isPlain(one) ? passes(one) : undefined;
    if (!part) return undefined;
    parts.push(part);
  }
  return parts;
}

const isPlain = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The fields of a class; undefined where something is declared that is not known here. */
function fieldsOf(input: Input): ReadonlyMap<string, Compiled> | undefined {
  const declared = getMetadataStorage().getTargetValidationMetadatas(input, '', false, false);
  const isPlainClass = Object.keys(new input()).length === 0 && defaultMetadataStorage.getStrategy(input) === 'none';
  if (declared.length === 0 || !isPlainClass) return undefined;
  const fields = new Map<string, Compiled>();
  for (const [name, own] of Map.groupBy(declared, ({ propertyName }) => propertyName)) {
    const field = fieldOf(input, name, own);
    if (!field) return undefined;
    fields.set(name, field);
  }
  return fields;
}

const isNotNull: Rule = (value) => value !== null;

type Declared = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;

function fieldOf(input: Input, name: string, declared: Declared): Compiled | undefined {
  const ofType = (type: string): Declared => declared.filter((one) => one.type === type);
  const [custom, conditional, nested] = ['customValidation', 'conditionalValidation', 'nestedValidation'].map(ofType);
  if (!custom || !conditional || !nested) return undefined;
  const isKnown = custom.length + conditional.length + nested.length === declared.length;
  const isGrouped = declared.some(({ groups, always, validateIf }) => groups?.length > 0 || always || validateIf);
  const transforms = defaultMetadataStorage.findTransformMetadatas(input, name, TransformationType.PLAIN_TO_CLASS);
  const type = defaultMetadataStorage.findTypeMetadata(input, name);
  const isPart = type !== undefined;
  if (!isKnown || isGrouped || isPart !== nested.length > 0 || type?.options?.discriminator) return undefined;
  if (transforms.some(({ options }) => options && Object.keys(options).length > 0)) return undefined;
  return {
    conditions: conditional.map(
      ({ constraints: [condition] }): Rule =>
        (value, object) =>
          Boolean((condition as (object: object, value: unknown) => unknown)(object, value)),
    ),
    // A part that is there has been looked at by itself; none at all is another rule's business.
    rules: [...(isPart ? [isNotNull] : []), ...custom.flatMap((one) => ruleOf(input, one))],
    transforms: transforms.map(
      ({ transformFn, options }) =>
        (value: unknown, key: string, obj: object) =>
          transformFn({ value, key, obj, type: TransformationType.PLAIN_TO_CLASS, options }) as unknown,
    ),
    ...(type && { part: () => passing(type.typeFunction() as Input) }),
    isOptional: conditional.some(({ name: condition }) => condition === IS_OPTIONAL),
  };
}

function ruleOf(input: Input, { constraintCls, constraints, propertyName, each }: Declared[number]): readonly Rule[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }): Rule => {
      const isMet = (one: unknown, value: unknown, object: object): boolean => {
        const asked: ValidationArguments = {
          ...{ targetName: input.name, property: propertyName, object, value },
          constraints: constraints as unknown[],
        };
        return instance.validate(one, asked) === true;
      };
      return (value, object) =>
        each && Array.isArray(value) ? value.every((one) => isMet(one, value, object)) : isMet(value, value, object);
    });
}
