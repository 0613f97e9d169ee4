import { createRequire, type ResolveFnOutput, type ResolveHookContext } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { OpenedLayers } from '../layers.ts';

type NextResolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

/** The packages that stand for the layers of the function. */
export interface LayerModules {
  /** Whether a module that imports belongs to them. */
  contains(url: string): boolean;
  /** What a module of theirs imports; null for what is not of theirs. */
  resolveWithin(specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput | null;
  /** What the function imports of them; null for what it may not. */
  resolveFromTask(specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput | null;
}

export function layerModules({ packages, importer, roots }: OpenedLayers): LayerModules {
  const folders = roots.map((root) => `${pathToFileURL(root).href}/`);
  const importerUrl = importer === '' ? '' : pathToFileURL(importer).href;
  const layerRequire = importer === '' ? null : createRequire(importer);

  /** What lies in a `node_modules` of a package is another package, which is allowed only for itself. */
  const isOfPackages = (url: string): boolean =>
    folders.some((folder) => url.startsWith(folder) && !url.slice(folder.length).includes('node_modules/'));

  const onlyOfPackages = (resolved: ResolveFnOutput): ResolveFnOutput | null =>
    isOfPackages(resolved.url) ? resolved : null;

  return {
    contains: (url) => (url !== '' && url === importerUrl) || isOfPackages(url),
    resolveWithin: (specifier, context, next) => onlyOfPackages(next(specifier, context)),
    resolveFromTask(specifier, context, next) {
      const name = /^(@[^/]+\/)?[^@./][^/]*/.exec(specifier)?.[0];
      if (!layerRequire || name === undefined || !packages.includes(name)) return null;
      // `require` looks from its own file, whatever the context says.
      if (context.conditions.includes('require')) {
        return { url: pathToFileURL(layerRequire.resolve(specifier)).href, shortCircuit: true };
      }
      return onlyOfPackages(next(specifier, { ...context, parentURL: importerUrl }));
    },
  };
}
