import { getNamedType, isAbstractType, isObjectType } from 'graphql';
import { type Access, accessOf, type Mode } from '../access/access.ts';
import type { Contract } from '../contract/contract.ts';
import { fieldsOf, mutationsOf, objectTypesOf, rootFieldsOf } from './members.ts';
import type { Rule } from './rule.ts';

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

export const authorization: Rule = {
  id: 'authorization',
  reason: "what says nothing is open in the API's default mode, which nobody sees in the schema",
  check: ({ schema }) => {
    const { said } = accessOf({ schema });
    return [
      ...rootFieldsOf(schema).map(([coordinate]) => coordinate),
      ...objectTypesOf(schema)
        .map(({ name }) => name)
        .filter((name) => !ROOTS.has(name)),
    ]
      .filter((subject) => !said.has(subject))
      .map((subject) => ({
        subject,
        message: 'does not say who may',
        remedy: 'add @aws_cognito_user_pools, @aws_api_key or @aws_iam',
      }));
  },
};

/** A member of a group passes wherever every member does. */
const lets = (modes: readonly Mode[], mode: Mode): boolean =>
  modes.includes(mode) || (mode.startsWith('group ') && modes.includes('members'));

export const reachable: Rule = {
  id: 'reachable',
  reason: 'AppSync refuses every field of a type that does not let in whoever was led to it',
  check: (contract) => {
    const access = accessOf(contract);
    const modes = new Set([...access.said.values()].flat());
    return [...modes].sort().flatMap((mode) => refusing(contract, access, mode));
  },
};

/**
 * What a type of several kinds may be is not reached by its least open kind: `node` answers cases to moderators only.
 */
function refusing({ schema }: Contract, { said, fields }: Access, mode: Mode) {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (coordinate: string, field: ReturnType<typeof fieldsOf>[number]): void => {
    const type = getNamedType(field.type);
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    for (const object of possible.filter(({ name }) => !seen.has(name))) {
      const open = said.get(object.name) ?? ['members'];
      if (!lets(open, mode)) {
        const isOfGroups = isAbstractType(type) && open.every((name) => name.startsWith('group '));
        if (!isOfGroups) found.set(object.name, coordinate);
        continue;
      }
      seen.add(object.name);
      for (const inner of fieldsOf(object)) {
        const at = `${object.name}.${inner.name}`;
        if (lets(fields.get(at) ?? [], mode)) visit(at, inner);
      }
    }
  };
  for (const [coordinate, field] of rootFieldsOf(schema))
    if (lets(fields.get(coordinate) ?? [], mode)) visit(coordinate, field);
  return [...found].map(([subject, from]) => ({
    subject,
    message: `refuses ${mode}, who is led to it by ${from}`,
    remedy: 'let them in at the type, or keep them from the field',
  }));
}

export const publishedByWorkers: Rule = {
  id: 'published-by-workers',
  reason: 'subscribers are sent what the mutation selects: a member who could call it would decide what others see',
  check: ({ schema }) => {
    const { fields, fedBy } = accessOf({ schema });
    const mutations = new Map(mutationsOf(schema).map((field) => [field.name, field]));
    return [...fedBy].flatMap(([subject, names]) => {
      const [, name = ''] = subject.split('.');
      const subscription = schema.getSubscriptionType()?.getFields()[name];
      if (names.length === 0)
        return [{ subject, message: 'is fed by no mutation', remedy: 'add @aws_subscribe(mutations: [...])' }];
      return names.flatMap((mutation) => {
        const field = mutations.get(mutation);
        if (!field)
          return [{ subject, message: `is fed by ${mutation}, which does not exist`, remedy: 'name a mutation' }];
        const open = (fields.get(`Mutation.${mutation}`) ?? []).filter((mode) => mode !== 'iam');
        return [
          ...(open.length > 0
            ? [
                {
                  subject: `Mutation.${mutation}`,
                  message: `feeds ${subject} and is open to ${open.join(', ')}`,
                  remedy: 'let in IAM only',
                },
              ]
            : []),
          ...(String(field.type) === String(subscription?.type)
            ? []
            : [
                {
                  subject,
                  message: `is ${String(subscription?.type)}, and ${mutation} answers ${String(field.type)}`,
                  remedy: 'answer the same type',
                },
              ]),
        ];
      });
    });
  },
};
