import { getNamedType, isNonNullType, isObjectType } from 'graphql';
import { fieldsOf, objectTypesOf, outputFieldsOf, typesOf } from './members.ts';
import type { Rule } from './rule.ts';

export const references: Rule = {
  id: 'references',
  reason: 'clients follow objects; an id in their place is a second request and a table showing through',
  check: ({ schema }) =>
    outputFieldsOf(schema)
      .filter(([, { name }]) => /Ids?$/.test(name))
      .map(([subject]) => ({ subject, message: 'is an id in place of an object', remedy: 'answer the object' })),
};

/** Names of storage. `key` stands for itself: `Idempotency-Key` is not one of these. */
const STORED =
  /^(pk|sk|gsi\w*|lsi\w*|ttl|hashKey|rangeKey|partitionKey|sortKey|_version|shard\w*|bucket|expiresAtEpoch)$/i;
const STORED_TYPES = new Set(['Follow', 'Like', 'Block', 'Mute', 'Edge', 'Timeline', 'Digest', 'Stats', 'Tag']);

export const noStorage: Rule = {
  id: 'no-storage',
  reason: 'how it is stored must be free to change',
  check: ({ schema }) => [
    ...outputFieldsOf(schema)
      .filter(([, { name }]) => STORED.test(name))
      .map(([subject]) => ({
        subject,
        message: 'is called as what it is stored in',
        remedy: 'call it by what it means',
      })),
    ...typesOf(schema)
      .filter(({ name }) => STORED_TYPES.has(name))
      .map(({ name: subject }) => ({
        subject,
        message: 'is called as an item of a table',
        remedy: 'call it by what it means',
      })),
  ],
};

export const nodes: Rule = {
  id: 'nodes',
  reason: 'clients keep what has an id, and ask for it again by that alone',
  check: ({ schema }) =>
    objectTypesOf(schema)
      .filter((type) => type.getFields()['id'] !== undefined && !type.name.endsWith('Payload'))
      .filter((type) => !type.getInterfaces().some(({ name }) => name === 'Node'))
      .map(({ name }) => ({
        subject: name,
        message: 'has an id and is no Node',
        remedy: `type ${name} implements Node`,
      })),
};

export const ids: Rule = {
  id: 'ids',
  reason: 'a cache has nowhere to put an object whose id may be missing',
  check: ({ schema }) =>
    outputFieldsOf(schema)
      .filter(([subject, { name, type }]) => name === 'id' && String(type) !== 'ID!' && !/Payload\./.test(subject))
      .map(([subject, { type }]) => ({ subject, message: `is ${String(type)}`, remedy: 'an id is ID!' })),
};

/**
 * https://graphql.org/learn/schema-design/: a non-null field that fails takes its parent with it. Edges of nodes that cannot be read are
 * left out of their page.
 */
export const nullable: Rule = {
  id: 'nullable',
  reason: 'what is read from elsewhere may be gone, and its absence must not take the page with it',
  check: ({ schema }) => {
    const roots = new Set([
      schema.getMutationType()?.name,
      schema.getSubscriptionType()?.name,
      schema.getQueryType()?.name,
    ]);
    return objectTypesOf(schema)
      .filter(({ name }) => !roots.has(name) && !/(Payload|Edge)$/.test(name))
      .flatMap((type) =>
        fieldsOf(type).flatMap(({ name, type: of }) => {
          const target = getNamedType(of);
          const isObject = isObjectType(target) && target.getInterfaces().some((each) => each.name === 'Node');
          if (!isObject || !isNonNullType(of) || String(of).startsWith('[')) return [];
          return [{ subject: `${type.name}.${name}`, message: `is ${String(of)}`, remedy: `make it ${target.name}` }];
        }),
      );
  },
};

export const deprecations: Rule = {
  id: 'deprecations',
  reason: 'whoever uses it has to know what to use instead, and until when',
  check: ({ schema }) =>
    outputFieldsOf(schema).flatMap(([subject, { deprecationReason: reason }]) => {
      if (reason === undefined || reason === null) return [];
      if (/\b\d{4}-\d{2}-\d{2}\b/.test(reason) && /\b(use|instead|replaced)\b/i.test(reason)) return [];
      return [
        { subject, message: `its deprecation says "${reason}"`, remedy: 'say "Use X. Removed after YYYY-MM-DD."' },
      ];
    }),
};
