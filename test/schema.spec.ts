import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLSchema,
} from 'graphql';
import { schemaText } from '../apps/api/src/graphql/schema.js';
import { PROJECT_FOLDER } from '../apps/api/src/project.js';

let text: string;
let schema: GraphQLSchema;
beforeAll(async () => {
  text = await schemaText();
  schema = buildSchema(text);
});

describe('the schema', () => {
  it('is the committed one; where it changed on purpose: npm run build && npm run schema', async () => {
    expect(await readFile(join(PROJECT_FOLDER, 'apps/api/schema.graphql'), 'utf8')).toBe(text);
  });

  it('says where each of its scalars is specified', async () => {
    const page = await readFile(join(PROJECT_FOLDER, 'docs/clients.md'), 'utf8');
    const anchors = [...page.matchAll(/^#+ (\w+)$/gm)].map(
      ([, heading]) => `docs/clients.md#${heading?.toLowerCase()}`,
    );
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isScalarType(type) || isSpecifiedScalarType(type)) continue;
      const { specifiedByURL } = type;
      if (specifiedByURL?.startsWith('docs/')) expect(anchors).toContain(specifiedByURL);
      else expect(specifiedByURL).toMatch(/^https:/);
    }
  });

  it('says of all that is deprecated what to ask for instead, and until when it is there', () => {
    const reasons = [...text.matchAll(/@deprecated\(reason: "([^"]+)"\)/g)].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    expect(
      reasons.filter((reason) => !/ ask for \w+\. It goes on or after \d{4}-\d\d-\d\d\.$/.test(reason ?? '')),
    ).toEqual([]);
  });

  it('says in words what every type, field, argument and enum value is', () => {
    const silent: string[] = [];
    const look = (name: string, described: { readonly description?: string | null | undefined }): void => {
      if (!described.description?.trim()) silent.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      const builtIn = isScalarType(type) && ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name);
      const root = [schema.getQueryType(), schema.getMutationType()].includes(type as never);
      if (!builtIn && !root) look(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
      if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          look(`${type.name}.${field.name}`, field);
          for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
        }
      }
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
      }
    }
    expect(silent).toEqual([]);
  });
});
