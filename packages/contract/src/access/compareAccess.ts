import type { Finding, Severity } from '../finding.ts';
import type { Access, Mode } from './access.ts';

type Uses = (coordinate: string) => readonly string[];

/**
 * What the change of AppSync's directives means: whoever is let in anew (blocking, until it is approved), and whoever no longer is
 * (blocking where a persisted operation asks for it).
 */
export function compareAccess(before: Access, after: Access, uses: Uses): readonly Finding[] {
  return [
    ...said(before, after, uses),
    ...appeared(before, after, uses),
    ...fed(before, after, uses),
    ...unfiltered(before, after, uses),
  ];
}

interface Found {
  readonly severity: Severity;
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly operations: readonly string[];
  readonly remedy?: string;
  readonly cell?: string;
}

const found = (finding: Found): Finding => ({ section: 'access', ...finding });

/** A type that changes changes its fields, those apart that speak for themselves before and after: told once, at the type. */
function said(before: Access, after: Access, uses: Uses): Finding[] {
  const types = new Set([...before.fields.keys()].map((coordinate) => coordinate.split('.')[0] ?? ''));
  const ofTypes = [...types].filter((type) => [...after.fields.keys()].some((field) => field.startsWith(`${type}.`)));
  const told = ofTypes.flatMap((type) => {
    const [was, is] = [before, after].map(({ said: all }) => all.get(type) ?? ['members']);
    const inheriting = [...after.fields.keys()].filter(
      (field) =>
        field.startsWith(`${type}.`) && before.fields.has(field) && !before.said.has(field) && !after.said.has(field),
    );
    return changed(type, was ?? [], is ?? [], inheriting.flatMap(uses), inheriting);
  });
  const ofFields = [...after.fields].flatMap(([field, is]) => {
    const was = before.fields.get(field);
    const inherits = !before.said.has(field) && !after.said.has(field);
    return was === undefined || inherits ? [] : changed(field, was, is, uses(field), [field]);
  });
  return [...told, ...ofFields];
}

function changed(
  subject: string,
  was: readonly Mode[],
  is: readonly Mode[],
  users: readonly string[],
  reached: readonly string[],
): Finding[] {
  const lets = (modes: readonly Mode[], mode: Mode): boolean =>
    modes.includes(mode) || (mode.startsWith('group ') && modes.includes('members'));
  const wider = is.filter((mode) => !lets(was, mode));
  const narrower = was.filter((mode) => !lets(is, mode));
  const change = `${names(was)} -> ${names(is)}`;
  const fields = subject.includes('.')
    ? ''
    : `, for ${reached.length === 0 ? 'none of its fields' : reached.join(', ')}`;
  const operations = [...new Set(users)].sort();
  return [
    ...wider.map((mode) =>
      found({
        severity: 'blocking',
        code: 'ACCESS_WIDENED',
        subject,
        message: `${mode === 'members' ? 'every member' : mode} is let in: ${change}${fields}`,
        operations,
        cell: `${subject}: ${mode}`,
      }),
    ),
    ...(narrower.length > 0
      ? [
          found({
            severity: operations.length > 0 ? 'blocking' : 'dangerous',
            code: 'ACCESS_NARROWED',
            subject,
            message: `${names(narrower)} ${narrower.length > 1 ? 'are' : 'is'} no longer let in: ${change}${fields}`,
            operations,
            ...(operations.length > 0 && {
              remedy: `${operations.join(', ')} ask for it: move those who run them first`,
            }),
          }),
        ]
      : []),
  ];
}

const names = (modes: readonly Mode[]): string => (modes.length === 0 ? 'nobody' : modes.join(', '));

/** What is new widens nothing that was there; what the public or an account's keys may read of it is to be looked at. */
function appeared(before: Access, after: Access, uses: Uses): Finding[] {
  return [...after.fields].flatMap(([field, modes]) => {
    if (before.fields.has(field)) return [];
    const open = modes.filter((mode) => mode === 'api key' || mode === 'iam');
    const severity = open.length > 0 ? 'dangerous' : 'safe';
    return [
      found({
        severity,
        code: 'ACCESS_ADDED',
        subject: field,
        message: `it is new, and open to ${names(modes)}`,
        operations: uses(field),
      }),
    ];
  });
}

/** What feeds a subscription is what its subscribers see. */
function fed(before: Access, after: Access, uses: Uses): Finding[] {
  return [...after.fedBy].flatMap(([field, is]) => {
    const was = before.fedBy.get(field);
    if (was === undefined) return [];
    const added = is.filter((mutation) => !was.includes(mutation));
    const removed = was.filter((mutation) => !is.includes(mutation));
    return [
      ...added.map((mutation) =>
        found({
          severity: 'blocking',
          code: 'SUBSCRIPTION_FED',
          subject: field,
          message: `subscribers are sent what ${mutation} answers, too`,
          operations: uses(field),
          cell: `${field}: fed by ${mutation}`,
        }),
      ),
      ...removed.map((mutation) =>
        found({
          severity: 'blocking',
          code: 'SUBSCRIPTION_STARVED',
          subject: field,
          message: `subscribers are no longer sent what ${mutation} answers`,
          operations: uses(field),
          remedy: 'feed it from what replaces the mutation, in the same change',
        }),
      ),
    ];
  });
}

/** An argument of a subscription keeps events from those that ask for others. */
function unfiltered(before: Access, after: Access, uses: Uses): Finding[] {
  return [...after.filters].flatMap(([field, is]) =>
    (before.filters.get(field) ?? [])
      .filter((argument) => !is.includes(argument))
      .map((argument) =>
        found({
          severity: 'blocking',
          code: 'SUBSCRIPTION_UNFILTERED',
          subject: field,
          message: `events are no longer chosen by ${argument}, and reach all subscribers`,
          operations: uses(field),
          cell: `${field}: without ${argument}`,
        }),
      ),
  );
}
