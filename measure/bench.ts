/** `npm run bench -- NAME`: what there is to be measured. Alone, it is the engine of DynamoDB. */
const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  dynamodb: () => import('../packages/local/bench/dynamodb.bench.ts'),
  paced: () => import('../packages/local/bench/paced.bench.ts'),
  'sign-in': () => import('../packages/local/bench/signIn.bench.ts'),
  javascript: () => import('../packages/local/bench/javascript.bench.ts'),
  jobs: () => import('./jobs/main.ts'),
  api: () => import('./api/main.ts'),
};

const [name = 'dynamodb'] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench) {
  await bench();
} else {
  console.error(`There is no bench "${name}": they are ${Object.keys(BENCHES).join(', ')}.`);
  process.exitCode = 1;
}
