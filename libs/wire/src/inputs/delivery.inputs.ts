import { InputType, DeliveryWayEnum } from '#schema';
import { isEmail, ValidateBy, type ValidationArguments } from 'class-validator';
import { isLoopback } from '#access';
import type { Instant } from '#kernel';
import type { DeliveryRoute, DeliveryWay, LogDelivery } from '#governance';
import { Moment, OneOf, Text } from '../fields.js';

/** An address as its way of delivery needs it. The same addresses pass that are delivered to. */
const RouteAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isRouteAddress',
    validator: {
      validate: (value, found) => isAddress(value, wayOf(found)),
      defaultMessage: (found) =>
        wayOf(found) === 'WEBHOOK'
          ? 'needed an https address without a user name, a password or a # part'
          : 'needed one e-mail address without a name, for example clerk@council.gov.uk',
    },
  });

@InputType({ description: 'Where decision logs are delivered to.' })
export class DeliveryRouteInput implements DeliveryRoute {
  @OneOf(DeliveryWayEnum, 'How they are delivered.')
  by!: DeliveryWay;

  @RouteAddress()
  @Text('The e-mail address, or the https address.', { max: 2000 })
  to!: string;
}

@InputType({ description: 'That the other side accepted a decision log.' })
export class LogDeliveryInput extends DeliveryRouteInput implements LogDelivery {
  @Moment('When it was accepted.')
  at!: Instant;

  @Text('What the other side said.', { max: 200 })
  receipt!: string;
}

const wayOf = (found: ValidationArguments | undefined): unknown =>
  (found?.object as { readonly by?: unknown } | undefined)?.by;

function isAddress(value: unknown, by: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (by !== 'WEBHOOK') return isEmail(value);
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password, hash } = new URL(value);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '' && hash === '';
}
