import {
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** A date in a deprecation's reason: `Use body. Will be removed on 2027-03-31.` */
const DATE = /\b(\d{4}-\d{2}-\d{2})\b/;

export const removalDate = (reason: string | null | undefined): string | undefined => DATE.exec(reason ?? '')?.[1];

/** The reason that a coordinate is deprecated for. `null`: it is not. */
export function deprecationOf(schema: GraphQLSchema, coordinate: string): string | null {
  const [typeName = '', member = '', argument] = coordinate.split('.');
  const type = schema.getType(typeName);
  if (isEnumType(type)) return type.getValue(member)?.deprecationReason ?? null;
  if (isInputObjectType(type)) return type.getFields()[member]?.deprecationReason ?? null;
  if (!isObjectType(type) && !isInterfaceType(type)) return null;
  const field = type.getFields()[member];
  // What belongs to a field goes with it.
  const own = argument === undefined ? undefined : field?.args.find(({ name }) => name === argument)?.deprecationReason;
  return own ?? field?.deprecationReason ?? null;
}

/** Fields and arguments of a schema that have a type: without them nobody meets it. */
export function referrersOf(schema: GraphQLSchema, typeName: string): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    if (isInputObjectType(type))
      return Object.values(type.getFields()).flatMap((field) =>
        getNamedType(field.type).name === typeName ? [`${type.name}.${field.name}`] : [],
      );
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [
      ...(getNamedType(field.type).name === typeName ? [`${type.name}.${field.name}`] : []),
      ...field.args.flatMap((argument) =>
        getNamedType(argument.type).name === typeName ? [`${type.name}.${field.name}.${argument.name}`] : [],
      ),
    ]);
  });
}

export interface Removal {
  /** Why nobody misses it. */
  readonly allowed?: string;
  /** What has to be done first. */
  readonly remedy?: string;
}

/**
 * Whether something may go: when it said until when it would be there, that day has passed, and no operation uses it.
 * @param today `YYYY-MM-DD`
 */
export function judgeRemoval(reason: string | null, users: readonly string[], today: string): Removal {
  if (users.length > 0)
    return {
      remedy: `${users.join(', ')} ${users.length > 1 ? 'use' : 'uses'} it: stop that first, and wait until those clients are gone`,
    };
  if (reason === null)
    return { remedy: 'deprecate it first: @deprecated(reason: "Use … instead. Will be removed on YYYY-MM-DD.")' };
  const date = removalDate(reason);
  if (date === undefined)
    return { remedy: `its deprecation says no date: "${reason}". Add YYYY-MM-DD, and wait until then` };
  if (date > today) return { remedy: `it was promised until ${date}: wait until then` };
  return { allowed: `deprecated until ${date}, and no persisted operation uses it` };
}
