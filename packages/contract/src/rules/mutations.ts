import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { fieldsOf, isPublication, mutationsOf, wordsOf } from './members.ts';
import type { Rule } from './rule.ts';

/** A new one is added when a mutation does something else. */
const VERBS = new Set(
  (
    'block claim complete create decide delete follow like mark mute publish request send start unblock unfollow ' +
    'unlike unmute update'
  ).split(' '),
);

export const verbFirst: Rule = {
  id: 'verb-first',
  reason: 'a list of mutations is read as a list of things that can be done',
  check: ({ schema }) =>
    mutationsOf(schema)
      .filter(({ name }) => !VERBS.has(wordsOf(name)[0] ?? ''))
      .map(({ name }) => ({
        subject: `Mutation.${name}`,
        message: 'does not begin with a verb of the contract',
        remedy: `begin with one of ${[...VERBS].join(', ')}, or add a verb to this rule`,
      })),
};

const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export const payloads: Rule = {
  id: 'payloads',
  reason: 'a payload of its own can be given a field later without breaking anybody',
  check: ({ schema }) =>
    mutationsOf(schema)
      .filter((field) => !isPublication(field))
      .flatMap(({ name, type }) => {
        const expected = `${capitalized(name)}Payload!`;
        if (String(type) === expected) return [];
        return [{ subject: `Mutation.${name}`, message: `answers ${String(type)}`, remedy: `answer ${expected}` }];
      }),
};

export const userErrors: Rule = {
  id: 'user-errors',
  reason: 'what a person can put right comes as data with a code, and beside it what was written or null',
  check: ({ schema }) =>
    mutationsOf(schema)
      .filter((field) => !isPublication(field))
      .flatMap(({ type }) => {
        const payload = getNamedType(type);
        if (!isObjectType(payload)) return [];
        const { userErrors: errors, ...written } = payload.getFields();
        const breaches =
          String(errors?.type) === '[UserError!]!'
            ? []
            : [
                {
                  subject: `${payload.name}.userErrors`,
                  message: `is ${String(errors?.type ?? 'missing')}`,
                  remedy: 'it must be [UserError!]!',
                },
              ];
        const given = Object.values(written);
        if (given.length === 0)
          breaches.push({
            subject: payload.name,
            message: 'does not give back what was written',
            remedy: 'add it, nullable',
          });
        const certain = given.filter((field) => String(field.type).endsWith('!'));
        return [
          ...breaches,
          ...certain.map((field) => ({
            subject: `${payload.name}.${field.name}`,
            message: `is ${String(field.type)}, and there is none when the mutation is refused`,
            remedy: 'make it nullable',
          })),
        ];
      }),
};

export const idempotencyKeys: Rule = {
  id: 'idempotency-keys',
  reason: 'a request that is sent again after a lost answer must not write twice',
  check: ({ schema }) =>
    mutationsOf(schema)
      .filter(({ name }) => /^(create|send|start)/.test(name))
      .flatMap(({ name, args }) => {
        const input = args.map(({ type }) => getNamedType(type)).find(isInputObjectType);
        const key = input?.getFields()['idempotencyKey'];
        if (String(key?.type) === 'ID!') return [];
        return [
          {
            subject: `Mutation.${name}`,
            message: 'makes something and takes no idempotencyKey: ID!',
            remedy: 'add it to its input',
          },
        ];
      }),
};

export const inputNames: Rule = {
  id: 'input-names',
  reason: 'what is sent and what is answered are told apart at a glance',
  check: ({ schema }) =>
    Object.values(schema.getTypeMap())
      .filter((type) => isInputObjectType(type) && !type.name.endsWith('Input'))
      .map(({ name }) => ({ subject: name, message: 'is an input and not called so', remedy: `call it ${name}Input` })),
};

export const names: Rule = {
  id: 'names',
  reason: 'generated code in every language begins with these names',
  check: ({ schema }) =>
    Object.values(schema.getTypeMap())
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => {
        const own = /^[A-Z][A-Za-z0-9]*$/.test(type.name)
          ? []
          : [{ subject: type.name, message: 'is no PascalCase', remedy: 'types are PascalCase' }];
        if ('getValues' in type)
          return [
            ...own,
            ...type
              .getValues()
              .filter(({ name }) => !/^[A-Z][A-Z0-9_]*$/.test(name))
              .map(({ name }) => ({
                subject: `${type.name}.${name}`,
                message: 'is no UPPER_SNAKE',
                remedy: 'values of enums are UPPER_SNAKE',
              })),
          ];
        if (!('getFields' in type)) return own;
        const fields = isObjectType(type) ? fieldsOf(type) : Object.values(type.getFields());
        return [
          ...own,
          ...fields
            .filter(({ name }) => !/^[a-z][A-Za-z0-9]*$/.test(name))
            .map(({ name }) => ({
              subject: `${type.name}.${name}`,
              message: 'is no camelCase',
              remedy: 'fields are camelCase',
            })),
        ];
      }),
};
