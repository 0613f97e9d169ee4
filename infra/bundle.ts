import { findRefusals } from '@hiroba/local/gate';
import { esbuildBundler, type BundleInput, type Bundler } from './esbuildBundler.ts';
import { SynthError, type Problem } from './synthError.ts';

/** AppSync's limit for the code of a resolver or function. https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateResolver.html */
export const MAX_CODE_CHARACTERS = 32_768;

/**
 * The one producer of APPSYNC_JS code, for AWS and for the local runtime. `TABLE.users` in a source becomes the name of
 * that table and `DEPLOYMENT.region` the Region, since AppSync gives resolvers no environment that Terraform could set.
 * @throws SynthError from `build`, with file and line, for code that does not bundle, is longer than AppSync takes, or has in it
 * what AppSync refuses. That is asked of the bundle: esbuild's own helpers are code like any other.
 */
export function resolverBundler(
  input: BundleInput,
  tableNames: Readonly<Record<string, string>>,
  deployment: Readonly<Record<string, string>> = {},
): Bundler {
  const bundler = esbuildBundler(input, {
    // APPSYNC_JS is a subset of the newest JavaScript: lowering syntax would produce constructs that it refuses.
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    define: { ...literals('TABLE', tableNames), ...literals('DEPLOYMENT', deployment) },
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return {
    dispose: () => bundler.dispose(),
    async build() {
      const bundles = new Map([...(await bundler.build())].map(([name, code]) => [name, withoutMapIfTooLong(code)]));
      const tooLong = [...bundles].filter(([, code]) => code.length > MAX_CODE_CHARACTERS);
      if (tooLong.length > 0)
        throw new SynthError(tooLong.map(([name, code]) => tooLongProblem(input.entries[name] ?? name, code)));
      const refusals = findRefusals(bundles);
      if (refusals.length > 0)
        throw new SynthError(
          refusals.map(({ name, at, message }) => ({ at: at ?? { file: input.entries[name] ?? name }, message })),
        );
      return bundles;
    },
  };
}

/** `TABLE.users` and the like, and what they become. */
function literals(object: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${object}.${key}`, JSON.stringify(value)]));
}

/** A source map finds the line of an error and counts towards the limit: where both do not fit, the map goes. */
function withoutMapIfTooLong(code: string): string {
  return code.length <= MAX_CODE_CHARACTERS ? code : code.replace(/\/\/# sourceMappingURL=.*\n?$/, '');
}

function tooLongProblem(file: string, code: string): Problem {
  const [size, limit] = [code.length, MAX_CODE_CHARACTERS].map((count) => count.toLocaleString('en-US'));
  return {
    at: { file },
    message: `bundles to ${size} characters and AppSync takes ${limit}: split it into pipeline functions`,
  };
}
