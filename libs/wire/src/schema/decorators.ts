/**
 * What marks a class for the GraphQL schema, without what makes and serves one: programs that do neither start in half
 * the time. `#schema` everywhere but in the API.
 */
export * from '@nestjs/graphql/dist/decorators/index.js';
export type { ReturnTypeFunc } from '@nestjs/graphql/dist/interfaces/return-type-func.interface.js';
export { ID, Int } from '@nestjs/graphql/dist/scalars/index.js';
export { registerEnumType } from '@nestjs/graphql/dist/type-factories/register-enum-type.factory.js';
export { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/graphql/dist/type-helpers/index.js';
