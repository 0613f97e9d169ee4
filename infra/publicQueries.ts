import { type ConstDirectiveNode, Kind, parse } from 'graphql';

/** The fields of Query that the schema opens both to API keys and to IAM: what the public may read, and nothing that asks who reads. */
export function publicQueries(schema: string): readonly string[] {
  const roots = parse(schema, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query' ? [definition] : [],
  );
  return roots
    .flatMap(({ fields = [] }) => fields)
    .filter(({ directives }) => has(directives, 'aws_api_key') && has(directives, 'aws_iam'))
    .map(({ name }) => name.value)
    .sort();
}

const has = (directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean =>
  (directives ?? []).some((directive) => directive.name.value === name);
