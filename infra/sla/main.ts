import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { textTable } from '../bill/format.ts';
import { isStage } from '../config.ts';
import { isRung, rungNames } from '../rungs.ts';
import { stages } from '../stages.ts';
import { composedOf } from './composition.ts';
import { documented } from './documented.ts';
import { head, report, rowsOf } from './report.ts';

const USAGE = `Usage: npm run sla -- [flags]

Composes the availability of every persisted operation and path from the Terraform, the least available first.

  --stage NAME   ${Object.keys(stages).join(', ')} (default prod)
  --rung NAME    ${rungNames.join(', ')} (default the highest)
  --write        writes docs/sla.md, which is of prod at the highest rung`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string', default: documented.stage },
      rung: { type: 'string', default: documented.rung },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { stage, rung } = values;
  if (values.help) return console.log(USAGE);
  if (!isStage(stage)) throw new Error(`--stage must be one of ${Object.keys(stages).join(', ')}, not "${stage}".`);
  if (!isRung(rung)) throw new Error(`--rung must be one of ${rungNames.join(', ')}, not "${rung}".`);
  if (values.write) {
    const text = await format(report(await composedOf(documented)), { parser: 'markdown' });
    writeFileSync(new URL('../../docs/sla.md', import.meta.url), text);
    return console.log('wrote docs/sla.md');
  }
  console.log(textTable(head, rowsOf(await composedOf({ stage, rung }))));
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
