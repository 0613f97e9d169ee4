import { getNamedType, isListType, isNonNullType, isObjectType } from 'graphql';
import { fieldsOf, inputsOf, isList, objectTypesOf, outputFieldsOf } from './members.ts';
import type { Rule } from './rule.ts';

/** https://relay.dev/graphql/connections.htm, without total counts, which would be scans. */
export const connections: Rule = {
  id: 'connections',
  reason: 'clients cache and page all lists with the same code',
  check: ({ schema }) =>
    objectTypesOf(schema)
      .filter(({ name }) => name.endsWith('Connection'))
      .flatMap((type) => {
        const edge = type.name.replace(/Connection$/, 'Edge');
        const shape = fieldsOf(type)
          .map((field) => `${field.name}: ${String(field.type)}`)
          .join(', ');
        const expected = `edges: [${edge}!]!, pageInfo: PageInfo!`;
        const breaches =
          shape === expected
            ? []
            : [{ subject: type.name, message: `is { ${shape} }`, remedy: `a connection is { ${expected} }` }];
        const edgeType = schema.getType(edge);
        const missing = ['cursor', 'node'].filter((name) => !isObjectType(edgeType) || !edgeType.getFields()[name]);
        return [
          ...breaches,
          ...missing.map((name) => ({
            subject: edge,
            message: `has no ${name}`,
            remedy: 'an edge has a cursor and a node',
          })),
        ];
      }),
};

const BOUNDS = ['first: Int', 'after: String', 'last: Int', 'before: String'];

export const pageBounds: Rule = {
  id: 'page-bounds',
  reason: 'a page without a bound is a scan, and who does not know the bound learns it from an error',
  check: ({ schema }) =>
    outputFieldsOf(schema)
      .filter(([, { type }]) => getNamedType(type).name.endsWith('Connection'))
      .flatMap(([subject, { args, description }]) => {
        const given = args.map(({ name, type }) => `${name}: ${String(type)}`);
        const missing = BOUNDS.filter((argument) => !given.includes(argument));
        const first = args.find(({ name }) => name === 'first')?.description ?? '';
        return [
          ...missing.map((argument) => ({
            subject,
            message: `takes no ${argument}`,
            remedy: `add ${argument}: lists go both ways`,
          })),
          ...(!missing.includes('first: Int') && !/\d+-\d+, default \d+/.test(first)
            ? [
                {
                  subject: `${subject}.first`,
                  message: `does not say its bounds: "${first}"`,
                  remedy: 'say them as "1-50, default 20."',
                },
              ]
            : []),
          ...(/InvalidArgument/.test(description ?? '')
            ? []
            : [
                {
                  subject,
                  message: 'does not say how it refuses a page that is too long',
                  remedy: 'add: `InvalidArgument` for bad bounds.',
                },
              ]),
        ];
      }),
};

export const listBounds: Rule = {
  id: 'list-bounds',
  reason: 'a list that grows without an end is slow on the day it matters, and 1 MB of an item is all there is',
  check: ({ schema }) =>
    [...outputFieldsOf(schema).filter(([, { name }]) => name !== 'edges' && name !== 'userErrors'), ...inputsOf(schema)]
      .filter(([, { type, description }]) => isList(type) && !/\d/.test(description ?? ''))
      .map(([subject, { type }]) => ({
        subject,
        message: `is ${String(type)} and does not say how long it can be`,
        remedy: 'say "At most N" in its description, or make it a connection',
      })),
};

export const listItems: Rule = {
  id: 'list-items',
  reason: 'a null among items is a case that no client handles',
  check: ({ schema }) =>
    outputFieldsOf(schema).flatMap(([subject, { type }]) => {
      const list = isNonNullType(type) ? type.ofType : type;
      if (!isListType(list) || isNonNullType(list.ofType)) return [];
      return [
        {
          subject,
          message: `is ${String(type)}`,
          remedy: 'make its items non-null, and leave out what cannot be read',
        },
      ];
    }),
};
