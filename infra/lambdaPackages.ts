import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { esbuildBundler, type BundleInput } from './esbuildBundler.ts';

/** A deployment package, named by its content. */
export interface LambdaPackage {
  readonly zip: Uint8Array;
  /** SHA-256 of the zip file: hexadecimal for its path. */
  readonly sha256: string;
  /** The same in base64, as Lambda and Terraform's `source_code_hash` give it. */
  readonly sourceCodeHash: string;
}

export interface LambdaPackager {
  build(): Promise<ReadonlyMap<string, LambdaPackage>>;
  dispose(): Promise<void>;
}

// Bundled CommonJS packages call `require` for Node's own modules, which an ES module does not have. The name is one that
// no module of ours imports, too.
const REQUIRE_BANNER =
  "import { createRequire as bannerRequire } from 'node:module';\nconst require = bannerRequire(import.meta.url);";

/** Bundles each handler with what it imports, the SDK included, into one `index.mjs`, and zips it. */
export function lambdaPackager(input: BundleInput): LambdaPackager {
  const bundler = esbuildBundler(input, {
    platform: 'node',
    target: 'node24',
    // The SDK's ES modules can be tree-shaken, its CommonJS ones cannot.
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE_BANNER },
  });
  const zipped = new Map<string, { readonly code: string; readonly package: LambdaPackage }>();
  const packageOf = (name: string, code: string): LambdaPackage => {
    const known = zipped.get(name);
    if (known?.code === code) return known.package;
    const made = zip(code);
    zipped.set(name, { code, package: made });
    return made;
  };
  return {
    dispose: () => bundler.dispose(),
    async build() {
      return new Map([...(await bundler.build())].map(([name, code]) => [name, packageOf(name, code)]));
    },
  };
}

function zip(code: string): LambdaPackage {
  // Zip keeps local time: the same wall-clock moment in every time zone makes the same bytes everywhere.
  const mtime = new Date(1980, 0, 1);
  const zip = zipSync({ 'index.mjs': [Buffer.from(code), { mtime, os: UNIX, attrs: READABLE_FILE }] }, { level: 6 });
  const hash = createHash('sha256').update(zip).digest();
  return { zip, sha256: hash.toString('hex'), sourceCodeHash: hash.toString('base64') };
}

const UNIX = 3;
/** Mode 100644 in the upper half, where Unix keeps it. Lambda's user must be able to read the file. */
const READABLE_FILE = (0o100644 << 16) >>> 0;
