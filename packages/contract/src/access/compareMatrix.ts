import type { Finding } from '../finding.ts';
import type { Matrix } from './matrix.ts';

/** Answers that give nothing away or do nothing. Whatever else a cell says is a code of a user error, which refuses, too. */
const REFUSALS: ReadonlySet<string> = new Set(['401', 'no', 'null', 'none']);
const ERROR_CODE = /^([A-Z][A-Z_]+|NotFound|Unauthorized|Forbidden)$/;

const refuses = (cell: string): boolean => REFUSALS.has(cell) || ERROR_CODE.test(cell);

/** What a cell says that may be done: `yes`, or the actions that it lists. */
const granted = (cell: string): readonly string[] => (refuses(cell) ? [] : cell.split(/\s+/));

/** The change of the tables written by hand, which tests hold against the running system. */
export function compareMatrix(before: Matrix, after: Matrix): readonly Finding[] {
  const found = [...after].flatMap(([place, is]) => compared(place, before.get(place), is));
  const gone = [...before].filter(([place]) => !after.has(place));
  return [
    ...found,
    ...gone.map(([place, was]): Finding => ({
      section: 'access',
      severity: granted(was).length > 0 ? 'dangerous' : 'safe',
      code: 'CELL_REMOVED',
      subject: place,
      message: `nobody holds the system to it any longer; it said ${was}`,
      operations: [],
    })),
  ];
}

function compared(place: string, was: string | undefined, is: string): Finding[] {
  if (was === is) return [];
  const finding = { section: 'access' as const, subject: place, operations: [] };
  const allowed = was === undefined ? [] : granted(was);
  const more = granted(is).filter((action) => !allowed.includes(action));
  if (was === undefined)
    return more.length === 0
      ? []
      : [{ ...finding, severity: 'dangerous', code: 'CELL_ADDED', message: `it is new, and says ${is}` }];
  const change = `${was} -> ${is}`;
  if (more.length > 0)
    return [{ ...finding, severity: 'blocking', code: 'CELL_WIDENED', message: change, cell: `${place}: ${change}` }];
  const fewer = allowed.some((action) => !granted(is).includes(action));
  return [
    {
      ...finding,
      severity: fewer ? 'dangerous' : 'safe',
      code: fewer ? 'CELL_NARROWED' : 'CELL_CHANGED',
      message: change,
    },
  ];
}
