import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  print,
  visit,
} from 'graphql';
import type { Row } from '../readTable.ts';
import type { Flip } from './flip.ts';
import { noticed } from './noticed.ts';
import type { Resources } from './system.ts';

const MODES = ['aws_api_key', 'aws_cognito_user_pools', 'aws_iam'];

type Decorated = ObjectTypeDefinitionNode | ObjectTypeExtensionNode | FieldDefinitionNode;
type Directives = readonly ConstDirectiveNode[];

/** The directives of every type and field that has some, each changed in every way that opens or closes something. */
export function schemaFlips(resources: Resources): readonly Flip[] {
  const document = parse(schemaOf(resources));
  const flips: Flip[] = [];
  const add = (place: string, what: string, change: (directives: Directives) => Directives): void => {
    flips.push({
      name: `${place} ${what}`,
      change: (changed) => setSchema(changed, (sdl) => withDirectives(sdl, place, change)),
      look: () => noticed(({ field }) => concerns(place, field)),
    });
  };
  forEachPlace(document, (place, directives) => {
    const modes = directives.filter(({ name }) => MODES.includes(name.value));
    if (modes.length === 0) return;
    if (modes.length > 1) {
      for (const mode of modes)
        add(place, `without @${mode.name.value}`, (all) => all.filter((one) => !same(one, mode)));
    }
    for (const mode of modes.filter((one) => (one.arguments ?? []).length > 0)) {
      add(place, 'for every group', (all) => all.map((one) => (same(one, mode) ? { ...one, arguments: [] } : one)));
      add(place, 'for the other group', (all) => all.map((one) => (same(one, mode) ? forOthers(one) : one)));
    }
    if (!place.includes('.')) return;
    const missing = MODES.filter((mode) => !modes.some(({ name }) => name.value === mode));
    for (const mode of missing) add(place, `also for @${mode}`, (all) => [...all, directive(mode)]);
  });
  return flips;
}

/** A field's own rows; of a type also those of its fields, and of the type that its name begins with. */
const concerns = (place: string, field: Row['field']): boolean =>
  place.includes('.')
    ? field === place
    : field.replace(/\..*/, '') === place.replace(/(Connection|Edge|Payload)$/, '') || field === place;

type Api = Record<string, { schema: string }>;

function schemaOf(resources: Resources): string {
  const [api] = Object.values(resources['aws_appsync_graphql_api'] as Api);
  if (!api) throw new Error('the stack has no API');
  return api.schema;
}

function setSchema(resources: Resources, change: (sdl: string) => string): void {
  for (const api of Object.values(resources['aws_appsync_graphql_api'] as Api)) api.schema = change(api.schema);
}

function forEachPlace(document: ReturnType<typeof parse>, tell: (place: string, directives: Directives) => void): void {
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    tell(type.name.value, type.directives ?? []);
    for (const field of type.fields ?? []) tell(`${type.name.value}.${field.name.value}`, field.directives ?? []);
  }
}

function withDirectives(sdl: string, place: string, change: (directives: Directives) => Directives): string {
  const [typeName, fieldName] = place.split('.');
  const changed = <Node extends Decorated>(node: Node): Node => ({
    ...node,
    directives: change(node.directives ?? []),
  });
  const onType = <Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: Node): Node | undefined => {
    if (node.name.value !== typeName) return undefined;
    if (fieldName === undefined) return changed(node);
    return {
      ...node,
      fields: (node.fields ?? []).map((field) => (field.name.value === fieldName ? changed(field) : field)),
    };
  };
  return print(visit(parse(sdl), { ObjectTypeDefinition: onType, ObjectTypeExtension: onType }));
}

const same = (one: ConstDirectiveNode, other: ConstDirectiveNode): boolean => one.name.value === other.name.value;

const directive = (name: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
});

function forOthers(one: ConstDirectiveNode): ConstDirectiveNode {
  const text = print(one).includes('moderators') ? 'operators' : 'moderators';
  const [first] = parse(`type T @aws_cognito_user_pools(cognito_groups: ["${text}"]) { f: Int }`).definitions;
  const [replaced] = (first as ObjectTypeDefinitionNode).directives ?? [];
  return replaced ?? one;
}
