import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Configuration, Stack } from './configuration.ts';
import { TerraformError } from './error.ts';
import { readManifest } from './manifest.ts';
import { readStack } from './readStack.ts';

/**
 * Reads a folder of Terraform JSON: one that cdktf has written (with `manifest.json`), or a plain folder of
 * `*.tf.json` files, which Terraform takes together as one module and which becomes one stack named after the folder.
 * Nothing is evaluated yet.
 *
 * @throws TerraformError naming file and position when the folder is not one Terraform would accept.
 */
export function readTerraform(directory: string): Configuration {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TerraformError(
      `There is no folder ${directory}. Synthesize the Terraform first, or name another folder with --from.`,
      {
        file: directory,
      },
    );
  }
  if (existsSync(join(directory, 'manifest.json'))) return readSynthesized(directory);
  return { directory: resolve(directory), stacks: [readPlainFolder(directory)] };
}

function readSynthesized(directory: string): Configuration {
  const listed = readManifest(directory);
  if (listed.length === 0) {
    const file = join(directory, 'manifest.json');
    throw new TerraformError(`${file} lists no stack: the cdktf application has none.`, { file });
  }
  const stacks = listed.map(({ file, name, ...stack }) =>
    readStack({ ...stack, name, files: [file], addressPrefix: listed.length > 1 ? `${name}.` : '' }),
  );
  return { directory: resolve(directory), stacks };
}

function readPlainFolder(directory: string): Stack {
  const names = readdirSync(directory).sort();
  const hcl = names.find((name) => name.endsWith('.tf'));
  if (hcl !== undefined) {
    const file = join(directory, hcl);
    throw new TerraformError(
      `${file} is in HCL. Only Terraform JSON is read: write it as ${hcl}.json, or generate it with cdktf.`,
      { file },
    );
  }
  const override = names.find((name) => /(^|_)override\.tf\.json$/.test(name));
  if (override !== undefined) {
    const file = join(directory, override);
    throw new TerraformError(
      `${file} is an override file; these are not merged. Put its arguments into the files it overrides.`,
      { file },
    );
  }
  const files = names.filter((name) => name.endsWith('.tf.json')).map((name) => join(directory, name));
  if (files.length === 0) {
    throw new TerraformError(
      `${directory} holds neither manifest.json (as cdktf writes it) nor a *.tf.json file. Synthesize the Terraform first, or name another folder with --from.`,
      { file: directory },
    );
  }
  const name = basename(resolve(directory));
  return readStack({
    name,
    constructPath: name,
    dependencies: [],
    directory: resolve(directory),
    files,
    addressPrefix: '',
  });
}
