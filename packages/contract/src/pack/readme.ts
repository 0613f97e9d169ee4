import type { Operation } from '../contract/contract.ts';
import { PACKAGE } from './packageJson.ts';

/** Of the package: for whoever opens it in `node_modules`. */
export const readme = (operations: readonly Operation[]): string => `# ${PACKAGE}

Hiroba's contract for front ends. Its version says what a change does to you: a new major version breaks something, a minor one adds,
a patch is words only; [CHANGELOG.md](CHANGELOG.md) has each change.

| entry | what |
|---|---|
| \`${PACKAGE}/operations\` | a typed document for each persisted operation (\`TypedDocumentNode\`), for Apollo Client, urql and others |
| \`${PACKAGE}/amplify\` | the same as texts that aws-amplify v6 reads types from |
| \`${PACKAGE}/tada\` | \`introspection\` and \`scalars\` for gql.tada |
| \`${PACKAGE}/types\` | TypeScript types of the whole schema |
| \`${PACKAGE}/local-config\` | \`localConfig()\`: where a system on this machine is, and its keys |
| \`schema.graphql\`, \`schema.public.graphql\`, \`introspection.json\` | the schema with AppSync's directives, without, and as JSON |
| \`possible-types.json\`, \`scalars.json\` | for caches and code generators |
| \`errors.json\` | codes of user errors, types of errors, and what they mean |
| \`auth-matrix.json\` | who may do what |
| \`persisted.json\` | operation to hash, budget and clients |

\`\`\`ts
import { generateClient } from 'aws-amplify/api';
import { feed } from '${PACKAGE}/amplify';

const { data } = await generateClient().graphql({ query: feed, variables: { first: 20 } });
\`\`\`

Persisted operations: ${operations.map(({ name }) => name).join(', ')}.
`;
