import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSchema } from '../../../infra/schema.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The contract of Hiroba, with the scalars and directives that AppSync has by itself. */
export function contract(): string {
  return `${readSchema(root)}\n${readFileSync(`${root}/schema/appsync.graphql`, 'utf8')}`;
}
