import type { DocumentNode, GraphQLSchema, OperationTypeNode } from 'graphql';
import type { SchemaFile } from '../../../../schema/merge.ts';

/** A persisted operation: one file of `schema/operations`. */
export interface Operation {
  readonly name: string;
  readonly kind: OperationTypeNode;
  /** `schema/operations/Feed.graphql` */
  readonly path: string;
  /** As in the file, with comments. */
  readonly text: string;
  readonly document: DocumentNode;
  /** As in the manifest of persisted operations. */
  readonly hash: string;
  /** What the schema does not answer, as `file:line:column message`; an operation with errors cannot be run. */
  readonly errors: readonly string[];
}

/** What front ends depend on, of one revision. */
export interface Contract {
  /** The files of `schema/` but for `appsync.graphql`, which only declares what is AppSync's own. Paths are `schema/…`. */
  readonly files: readonly SchemaFile[];
  /** All files as one text, with AppSync's directives and without declarations of AppSync's own scalars and directives. */
  readonly sdl: string;
  /** Built from `sdl` and AppSync's declarations. */
  readonly schema: GraphQLSchema;
  /** Sorted by name. */
  readonly operations: readonly Operation[];
}
