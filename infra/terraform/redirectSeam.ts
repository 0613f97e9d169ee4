import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Preloaded (`node --import`) by `check:cdktn`: what the program imports from cdktf comes from the packages that continue
 * it, as if infra/aws.ts said so. HIROBA_CDKTN is a folder whose node_modules has them.
 */
const folder = process.env.HIROBA_CDKTN;
if (!folder) throw new Error('HIROBA_CDKTN is not set.');
const parentURL = pathToFileURL(join(folder, 'package.json')).href;

/** Ours to theirs; `constructs` too, because a class is only one class when it comes from one file. */
const RENAMED = [
  { ours: /^cdktf(?=\/|$)/, theirs: 'cdktn' },
  { ours: /^@cdktf\/provider-aws(?=\/|$)/, theirs: '@cdktn/provider-aws' },
  { ours: /^constructs$/, theirs: 'constructs' },
] as const;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const renamed = RENAMED.find(({ ours }) => ours.test(specifier));
    if (!renamed || context.parentURL?.includes('/node_modules/')) return nextResolve(specifier, context);
    return nextResolve(specifier.replace(renamed.ours, renamed.theirs), { ...context, parentURL });
  },
});
