import type { OutputFiles } from '../infra/synthesize.ts';

/** Only the stacks that answer operations: what stands before them or watches them uses no units. */
export function answering(files: OutputFiles): OutputFiles {
  const { stacks, ...rest } = JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString()) as {
    readonly stacks: Readonly<Record<string, object>>;
  };
  const { data, api } = stacks;
  const manifest = Buffer.from(JSON.stringify({ ...rest, stacks: { data, api } }));
  return new Map([...[...files].filter(([path]) => /^stacks\/(data|api)\//.test(path)), ['manifest.json', manifest]]);
}
