import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readConfig } from '../../infra/config.ts';
import { hiroba } from '../../infra/hiroba.ts';
import { type LambdaPackage, lambdaPackager, type LambdaPackager } from '../../infra/lambdaPackages.ts';
import { publish } from '../../infra/publish.ts';
import { readSchema } from '../../infra/schema.ts';
import { handlerEntries, synthesizer } from '../../infra/synthesize.ts';

/** Another code for a function, from its bundle. */
export interface Sabotage {
  readonly function: string;
  change(code: string): string;
}

/** Every member is welcomed by mail, and no run should wait for a rate. */
const environment = { HIROBA_MAILS_PER_SECOND: '10000' };

/** The folder of the backend's Terraform, for a system to run; the caller removes it. */
export async function writeTerraform(sabotage?: Sabotage): Promise<string> {
  const root = process.cwd();
  const outdir = await mkdtemp(join(tmpdir(), 'hiroba-faults-'));
  const packages = lambdaPackager({ root, entries: handlerEntries(hiroba) });
  const synth = synthesizer({
    config: readConfig(['--outdir', outdir], environment),
    root,
    wiring: hiroba,
    readSchema: () => readSchema(root),
    packages: sabotage ? sabotaged(packages, sabotage) : packages,
  });
  try {
    publish(outdir, await synth.synthesize());
    return outdir;
  } finally {
    await synth.dispose();
  }
}

function sabotaged(packages: LambdaPackager, sabotage: Sabotage): LambdaPackager {
  return {
    dispose: () => packages.dispose(),
    async build() {
      const built = new Map(await packages.build());
      const original = built.get(sabotage.function);
      if (!original) throw new Error(`there is no function ${sabotage.function} to change`);
      built.set(sabotage.function, changed(original, sabotage));
      return built;
    },
  };
}

function changed(original: LambdaPackage, { change, function: name }: Sabotage): LambdaPackage {
  const { 'index.mjs': bundle } = unzipSync(original.zip);
  const code = strFromU8(bundle ?? new Uint8Array());
  const other = change(code);
  if (other === code) throw new Error(`the code of ${name} is not what the change looks for`);
  const marked = `${original.sha256.slice(0, -8)}deadbeef`;
  return { ...original, zip: zipSync({ 'index.mjs': strToU8(other) }), sha256: marked };
}
