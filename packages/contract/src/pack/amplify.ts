import type { Operation } from '../contract/contract.ts';

/** What aws-amplify's own generator calls them; its `graphql` reads variables and result from the brand. */
const BRANDS = `type GeneratedQuery<Input, Output> = string & { __generatedQueryInput: Input; __generatedQueryOutput: Output };
type GeneratedMutation<Input, Output> = string & { __generatedMutationInput: Input; __generatedMutationOutput: Output };
type GeneratedSubscription<Input, Output> = string & { __generatedSubscriptionInput: Input; __generatedSubscriptionOutput: Output };
`;

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const exportName = ({ name }: Operation): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** The persisted operations as texts: a document of graphql 16 does not fit the types of aws-amplify, which has its own. */
export function amplifyModule(operations: readonly Operation[]): { readonly js: string; readonly dts: string } {
  const js = operations.map(
    (operation) => `export const ${exportName(operation)} = /* GraphQL */ ${JSON.stringify(operation.text)};`,
  );
  const types = operations.map(
    ({ name, kind }) => [`${name}${capitalized(kind)}`, `${name}${capitalized(kind)}Variables`] as const,
  );
  const dts = operations.map((operation, index) => {
    const [output, variables] = types[index] ?? [];
    return `export declare const ${exportName(operation)}: Generated${capitalized(operation.kind)}<${variables}, ${output}>;`;
  });
  return {
    js: `${js.join('\n')}\n`,
    dts: `import type { ${types.flat().sort().join(', ')} } from './operations.js';\n\n${BRANDS}\n${dts.join('\n')}\n`,
  };
}
