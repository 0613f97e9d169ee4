import { rmSync } from 'node:fs';
import { openWorkspace, plan, prepare, test, validate } from './terraform/commands.ts';
import { locate } from './terraform/locate.ts';
import { synthesizeTarget } from './targets.ts';
const located = locate(process.env);
if ('skipped' in located) throw new Error(located.skipped);
const workspace = openWorkspace(located.terraform, performance.now() + 7 * 60_000);
for (const rung of ['users', 'users++++'] as const) {
  const s = await synthesizeTarget({ stage: 'dev', rung });
  for (const [name, step] of [['validate', validate], ['plan', plan], ['test', test]] as const) {
    try {
      const stack = await prepare(workspace, `${name}-${rung}`.replaceAll('+', 'p'), 'observability', s);
      const r = await step(stack);
      console.log('ok', rung, name, r && 'resource_changes' in r ? r.resource_changes?.length : '');
    } catch (e) { console.log('FAILED', rung, name, String((e as Error).message).slice(0, 600)); }
  }
}
rmSync(workspace.folder, { recursive: true, force: true });
