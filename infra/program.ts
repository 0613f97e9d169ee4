import type { Config } from './config.ts';
import { hiroba } from './hiroba.ts';
import { publish, removeStaleAssets } from './publish.ts';
import { readSchema } from './schema.ts';
import { synthesizer, type Synthesizer } from './synthesize.ts';
import { problemOf, SynthError } from './synthError.ts';
import { isSource, watchFolders } from './watchFolders.ts';

function synthesizerOf(root: string, config: Config): Synthesizer {
  return synthesizer({ config, root, wiring: hiroba, readSchema: () => readSchema(root) });
}

/** Writes the Terraform JSON. @throws SynthError, and then has written nothing. */
export async function synthesizeOnce(root: string, config: Config): Promise<void> {
  const synth = synthesizerOf(root, config);
  try {
    const files = await synth.synthesize();
    publish(config.outdir, files);
    removeStaleAssets(config.outdir, files);
  } finally {
    await synth.dispose();
  }
}

/**
 * Writes the Terraform JSON now and after every change of a resolver, a handler, the schema or a page, for ever. One line says how
 * each went: `synthesized in N ms`, `unchanged in N ms`, or `error FILE:LINE:COLUMN MESSAGE`, after which the last good
 * output stays.
 */
export async function synthesizeOnChange(root: string, config: Config): Promise<void> {
  const synth = synthesizerOf(root, config);
  const synthesize = async (changed: readonly string[]): Promise<void> => {
    const start = performance.now();
    try {
      const files = await synth.synthesize(changed);
      const written = publish(config.outdir, files);
      // Later on, a reader may still be busy with the generation before.
      if (changed.length === 0) removeStaleAssets(config.outdir, files);
      const time = `${Math.round(performance.now() - start)} ms`;
      console.log([`${written.length > 0 ? 'synthesized' : 'unchanged'} in ${time}`, ...changed].join(' '));
    } catch (error) {
      console.error(error instanceof SynthError ? error.message : new SynthError([problemOf(error, root)]).message);
    }
  };
  // Watching starts first: what is saved during the first synthesis is not missed.
  const watching = watchFolders({
    root,
    folders: ['resolvers', 'lambdas', 'schema', 'pages'],
    accepts: isSource,
    onChange: synthesize,
  });
  await watching.run();
}
