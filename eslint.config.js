import appsync from '@aws-appsync/eslint-plugin';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// Imports go one way: schema -> resolvers/generated -> resolvers; infra reads the rest as files; packages stand alone.
const zones = [
  { target: './resolvers', from: ['./infra', './lambdas', './measure', './seed', './test', './packages'] },
  { target: './lambdas', from: ['./infra', './measure', './resolvers', './seed', './test', './packages'] },
  {
    target: './packages/local',
    from: ['./infra', './lambdas', './measure', './resolvers', './schema', './seed', './test', './packages/contract'],
  },
  {
    target: './infra',
    from: ['./lambdas', './seed', './test', './packages', './measure', './resolvers/functions', './resolvers/shared'],
    // What AppSync refuses in resolver code is known in one place, and asked before there is anything to deploy.
    except: ['./local/src/gate.ts'],
  },
  // Of a revision's code it reads the files; what a revision runs, it runs as commands in its tree (decision 0032).
  { target: './packages/contract', from: ['./lambdas', './resolvers', './seed', './test', './measure'] },
  // Prices, measurements and the Terraform are infra's; real load has people from the seed and a process from measure.
  { target: './packages/ladder', from: ['./lambdas', './resolvers', './test'] },
  { target: './seed', from: ['./infra', './lambdas', './measure', './resolvers', './test'] },
  // The site knows the contract, as its package; only its scripts and tests reach into the repository.
  {
    target: './web/{pages,src}',
    from: ['./infra', './lambdas', './measure', './packages', './resolvers', './schema', './seed', './test'],
  },
  { target: './measure', from: ['./lambdas', './resolvers', './test'] },
].map((zone) => ({
  ...zone,
  message: 'Imports go one way: see docs/decisions/0002-layout.md.',
}));

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      'cdktf.out',
      'cdktf.*.out',
      '.hiroba',
      'resolvers/generated',
      'web/.next',
      'web/out',
      'web/next-env.d.ts',
      '**/*.js',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin, 'import-x': importX },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['cdktf', '@cdktf/*', 'cdktf/*'], message: 'Import providers from infra/aws.ts only.' }],
        },
      ],
      eqeqeq: 'error',
      'no-console': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['infra/aws.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['**/*.config.ts', 'test/support/counts-reporter.ts', 'web/pages/**'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['resolvers/**/*.ts'],
    languageOptions: { parserOptions: { project: './resolvers/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { '@aws-appsync': appsync },
    rules: appsync.configs.recommended.rules,
  },
);
