import { registerHooks, setSourceMapsSupport } from 'node:module';
import type { Archive } from '../archive.ts';
import type { OpenedLayers } from '../layers.ts';
import { layerModules } from './layerModules.ts';

/** Where Lambda unpacks a function's code; here the files exist in memory only. */
export const TASK_ROOT_URL = 'file:///var/task/';

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.json', '/index.js'] as const;

/**
 * Makes `import` and `require` find the archive's files under `/var/task`, the packages that stand for the function's layers,
 * and nothing else of this machine but Node's own modules: a package that is installed here but missing from the bundle would
 * be missing on AWS, too. The archive comes first, as on AWS.
 */
export function serveModules(archive: Archive, openedLayers: OpenedLayers): void {
  setSourceMapsSupport(true, { nodeModules: true, generatedCode: true });
  const layers = layerModules(openedLayers);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const parent = context.parentURL ?? '';
      const url = taskUrl(specifier, parent, archive);
      if (url !== null) return { url, format: formatOf(url, archive), shortCircuit: true };
      if (isBuiltin(specifier)) return nextResolve(specifier, context);
      const found = layers.contains(parent)
        ? layers.resolveWithin(specifier, context, nextResolve)
        : layers.resolveFromTask(specifier, context, nextResolve);
      if (found === null) throw moduleNotFound(specifier, parent);
      return found;
    },
    load(url, context, nextLoad) {
      const file = url.startsWith(TASK_ROOT_URL) ? archive.get(pathInArchive(url)) : undefined;
      if (file === undefined) return nextLoad(url, context);
      return { format: formatOf(url, archive), source: file, shortCircuit: true };
    },
  });
}

const isBuiltin = (specifier: string): boolean => process.getBuiltinModule(specifier) !== undefined;

const pathInArchive = (url: string): string => decodeURIComponent(url.slice(TASK_ROOT_URL.length));

/** The URL of the archive's file that a specifier means, or `null`. */
function taskUrl(specifier: string, parent: string, archive: Archive): string | null {
  const base = parent.startsWith(TASK_ROOT_URL) ? parent : TASK_ROOT_URL;
  const absolute = specifier.startsWith(TASK_ROOT_URL) || specifier.startsWith('/var/task/');
  const relative = /^\.\.?(\/|$)/.test(specifier) && base === parent;
  const candidates = absolute || relative ? [new URL(specifier, base).href] : packageCandidates(specifier, parent);
  for (const candidate of candidates) {
    if (!candidate.startsWith(TASK_ROOT_URL)) continue;
    const found = EXTENSIONS.find((extension) => archive.has(pathInArchive(candidate + extension)));
    if (found !== undefined) return candidate + found;
  }
  return null;
}

/** A package that was packed beside the code as a folder with `index.js`; bundles have none. */
function packageCandidates(specifier: string, parent: string): readonly string[] {
  const isPackage = parent.startsWith(TASK_ROOT_URL) && /^[@a-z]/i.test(specifier) && !specifier.includes(':');
  return isPackage ? [`${TASK_ROOT_URL}node_modules/${specifier}`] : [];
}

function formatOf(url: string, archive: Archive): 'module' | 'commonjs' | 'json' {
  if (url.endsWith('.mjs')) return 'module';
  if (url.endsWith('.json')) return 'json';
  if (url.endsWith('.cjs')) return 'commonjs';
  return isModulePackage(archive) ? 'module' : 'commonjs';
}

function isModulePackage(archive: Archive): boolean {
  const manifest = archive.get('package.json');
  if (!manifest) return false;
  const { type } = JSON.parse(new TextDecoder().decode(manifest)) as { type?: unknown };
  return type === 'module';
}

function moduleNotFound(specifier: string, parent: string): Error {
  const message = `Cannot find module '${specifier}' in the function's archive or layers, imported from ${parent}`;
  return Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
}
