import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isSpecifiedScalarType,
  isScalarType,
  parse,
  print,
  printType,
  visit,
} from 'graphql';
import type { Contract } from '../contract/contract.ts';

/** `schema.graphql`: AppSync's directives on every type, and the declarations that other tools need to read them. */
export function annotatedSdl({ sdl, schema }: Pick<Contract, 'sdl' | 'schema'>): string {
  const directives = schema
    .getDirectives()
    .filter(({ name }) => name.startsWith('aws_'))
    .map(({ astNode }) => (astNode ? print(astNode) : ''));
  return `${[...scalarsOf(schema), ...directives, sdl.trim()].join('\n\n')}\n`;
}

/** `schema.public.graphql`: for tools that know GraphQL only. */
export function publicSdl({ sdl, schema }: Pick<Contract, 'sdl' | 'schema'>): string {
  return `${[...scalarsOf(schema), print(withoutDirectives(parse(sdl)))].join('\n\n')}\n`;
}

const scalarsOf = (schema: GraphQLSchema): readonly string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .map((type) => printType(type))
    .sort();

const withoutDirectives = (document: DocumentNode): DocumentNode =>
  visit(document, { Directive: ({ name }) => (name.value.startsWith('aws_') ? null : undefined) });

/** For Apollo's cache: interface or union to what it may be. */
export function possibleTypes(schema: GraphQLSchema): Readonly<Record<string, readonly string[]>> {
  const abstract = Object.values(schema.getTypeMap()).filter(
    (type) => isAbstractType(type) && !type.name.startsWith('__'),
  );
  return Object.fromEntries(
    abstract.map((type) => [
      type.name,
      isAbstractType(type)
        ? schema
            .getPossibleTypes(type)
            .map(({ name }) => name)
            .sort()
        : [],
    ]),
  );
}

/** What front ends get for each scalar of AppSync. https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html */
export const scalarTypes = {
  ID: 'string',
  AWSDateTime: 'string',
  AWSURL: 'string',
} as const;

/** Codes of user errors with what they mean, and the types of errors that stand beside `data`. */
export function errorsJson(schema: GraphQLSchema): object {
  const codes = schema.getType('ErrorCode');
  if (!isEnumType(codes)) throw new Error('the contract has no enum ErrorCode');
  return {
    userErrors: Object.fromEntries(codes.getValues().map(({ name, description }) => [name, description ?? ''])),
    errorTypes,
  };
}

/** `errorType` of an entry of `errors`: those that resolvers raise, and those of AppSync that clients meet. */
export const errorTypes = {
  Conflict: 'Somebody else wrote at the same moment: send it again.',
  InvalidArgument: 'An argument is outside of the bounds in its description.',
  NotFound: 'What was asked about does not exist, or not for the viewer.',
  StoreUnavailable: 'A store does not answer: try again later.',
  Throttled: 'Too much at once: wait for errorInfo.retryAfterMs and send it again.',
  Unauthorized: 'The viewer may not. Sign in, or with another account.',
  UnauthorizedException: 'The request has no valid key, token or signature.',
} as const;
