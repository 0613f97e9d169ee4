import type { Member } from '../support/member.ts';

export interface DeclaredType {
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly { readonly name: string }[];
}

/** The object types of the running API, by introspection. */
export async function declaredTypes(member: Member): Promise<readonly DeclaredType[]> {
  const { data } = await member.send<{ __schema: { types: readonly DeclaredType[] } }>(
    '{ __schema { types { kind name fields { name } } } }',
  );
  return data.__schema.types.filter(({ kind, name }) => kind === 'OBJECT' && !name.startsWith('__'));
}

/** `Mutation.createPost` and so on. */
export async function mutationsOf(member: Member): Promise<string[]> {
  const types = await declaredTypes(member);
  return types.filter(({ name }) => name === 'Mutation').flatMap(fieldsOf);
}

export const fieldsOf = ({ name, fields }: DeclaredType): string[] => fields.map((field) => `${name}.${field.name}`);
