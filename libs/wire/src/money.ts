import { Transform } from 'class-transformer';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import { penceIn, type Money as Recorded } from '#kernel';
import { InputType, PenceScalar } from '#schema';
import { Flag, Part, Text, field, type Options } from './fields.js';

const OUT_OF_RANGE = { message: 'needed an amount from −£90 trillion to £90 trillion' };

const NEEDED = 'needed an amount that says its unit, { pence: 80354800 } or { pounds: "803548.00" }';

const Pence = (description: string, options: Options): PropertyDecorator =>
  field(
    () => PenceScalar,
    description,
    options,
    IsInt({ message: 'needed a whole number of pence' }),
    Max(Number.MAX_SAFE_INTEGER, OUT_OF_RANGE),
    Min(Number.MIN_SAFE_INTEGER, OUT_OF_RANGE),
  );

const Pounds = (description: string, options: Options): PropertyDecorator =>
  field(
    () => String,
    description,
    options,
    ValidateBy({
      name: 'isPounds',
      validator: {
        validate: (value) => typeof value === 'string' && penceIn(value) !== undefined,
        defaultMessage: () =>
          'needed pounds as text, up to £90 trillion, with at most two decimals behind a point: "803548.00" or "£803,548"',
      },
    }),
  );

@InputType({
  description: 'An amount of money: in pence or in pounds, one of the two, so that neither is taken for the other.',
})
export class MoneyInput implements Recorded {
  /** Always there once it has been checked. */
  @Pence('The amount in whole pence: 80354800 is £803,548.00.', { optional: true })
  pence!: number;

  @Pounds('The amount in pounds, as text: "803548.00". A comma may part thousands and nothing else.', {
    optional: true,
  })
  pounds?: string;

  @Text('How the source writes it, where that says more than the figure: "c. £800k over two years".', {
    optional: true,
  })
  words?: string;

  @Flag(
    'True where the figure stands in the source only because its form asks for one; false where it is an amount though it is £0.01. Such a figure is shown and added to nothing.',
    { optional: true },
  )
  placeholder?: boolean;
}

type Given = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null;

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

/** What says pounds says pence after this; what says both, neither or something else is left for the rules to refuse. */
const inPence = (value: unknown): unknown => {
  if (!isGiven(value) || typeof value['pounds'] !== 'string' || isSaid(value['pence'])) return value;
  const pence = penceIn(value['pounds']);
  if (pence === undefined) return value;
  const { pounds: _pounds, ...rest } = value;
  return Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, rest, { pence });
};

const isMoney = ValidateBy({
  name: 'isMoney',
  validator: {
    validate: (value) => isGiven(value) && isSaid(value['pence']) !== isSaid(value['pounds']),
    defaultMessage: () => `${NEEDED}, one of the two`,
  },
});

/** Money, with its unit. A bare number is refused: it could be pounds or pence. */
export const Money = (description: string, options: Omit<Options, 'many'> = {}): PropertyDecorator => {
  const decorators = [
    Part(() => MoneyInput, description, options, NEEDED),
    isMoney,
    Transform(({ value }: { value: unknown }) => inPence(value)),
  ];
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
};
