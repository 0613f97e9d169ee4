import { createHash } from 'node:crypto';
import type { Json } from '../../../../infra/targets.ts';
import type { Finding, Severity } from '../finding.ts';
import { protections } from './protections.ts';
import { keyAttributes, replacing } from './replacing.ts';
import { argumentChanges, type ArgumentChange, type DeclaredResource, resourcesOf, type Stacks } from './resources.ts';
import { serving, stateful } from './stateful.ts';

/** What `terraform apply` would do, from one program to the next, judged by what is lost. */
export function compareInfrastructure(before: Stacks, after: Stacks): readonly Finding[] {
  const [was, is] = [resourcesOf(before), resourcesOf(after)];
  const gone = [...was.values()].filter(({ address }) => !is.has(address));
  const added = [...is.values()].filter(({ address }) => !was.has(address));
  const renamed = renames(gone, added);
  const inRename = new Set([...renamed].flatMap(([from, to]) => [from.address, to.address]));
  return collapsed([
    ...[...renamed].map(([from, to]) => renameFinding(from, to)),
    ...gone.filter(({ address }) => !inRename.has(address)).map(destroyed),
    ...added.filter(({ address }) => !inRename.has(address)).map(create),
    ...[...is.values()].flatMap((resource) => {
      const old = was.get(resource.address);
      return old ? changed(old, resource) : [];
    }),
  ]);
}

function found(
  { address }: Pick<DeclaredResource, 'address'>,
  severity: Severity,
  code: string,
  message: string,
  remedy?: string,
): Finding {
  return {
    section: 'infrastructure',
    severity,
    code,
    subject: address,
    message,
    operations: [],
    ...(remedy !== undefined && { remedy }),
    // The last step of a move destroys what was moved: that is approved, and nothing else.
    ...(severity === 'blocking' && { cell: `${code} ${address}` }),
  };
}

const create = (resource: DeclaredResource): Finding => found(resource, 'safe', 'RESOURCE_ADDED', 'it is made');

const IN_STEPS =
  'make the new beside it, move what is in it, let both serve, and only then let the old one go in a change of its own';

/** @returns how bad it is that a resource goes, and what goes with it. */
function loss({ type }: DeclaredResource): { readonly severity: Severity; readonly what?: string } {
  const what = stateful[type];
  if (what !== undefined) return { severity: 'blocking', what };
  return { severity: serving.has(type) ? 'dangerous' : 'safe' };
}

function destroyed(resource: DeclaredResource): Finding {
  const { severity, what } = loss(resource);
  const message = what === undefined ? 'it is destroyed' : `it is destroyed, and with it ${what}`;
  return found(resource, severity, 'RESOURCE_DESTROYED', message, what === undefined ? undefined : IN_STEPS);
}

/** The same arguments at another address: Terraform knows addresses only. */
function renames(
  gone: readonly DeclaredResource[],
  added: readonly DeclaredResource[],
): ReadonlyMap<DeclaredResource, DeclaredResource> {
  const taken = new Set<string>();
  return new Map(
    gone.flatMap((from) => {
      const to = added.find(
        (each) =>
          each.type === from.type &&
          !taken.has(each.address) &&
          JSON.stringify(each.args) === JSON.stringify(from.args),
      );
      if (!to) return [];
      taken.add(to.address);
      return [[from, to] as const];
    }),
  );
}

function renameFinding(from: DeclaredResource, to: DeclaredResource): Finding {
  const { severity, what } = loss(from);
  const lost = what === undefined ? '' : `, and with the old one ${what}`;
  const remedy =
    what === undefined
      ? undefined
      : `keep the address, or say in the Terraform that it moved (moved { from = …, to = … })`;
  return found(
    from,
    severity,
    'RESOURCE_RENAMED',
    `it is called ${to.address} now: Terraform destroys it and makes another${lost}`,
    remedy,
  );
}

function changed(before: DeclaredResource, after: DeclaredResource): Finding[] {
  const changes = argumentChanges(before.args, after.args);
  if (changes.length === 0) return [];
  const forcing = changes.filter(({ path }) => forcesReplacement(before, path));
  if (forcing.length > 0) {
    const { severity, what } = loss(before);
    const lost = what === undefined ? '' : `, and with the old one goes ${what}`;
    const message = `it is replaced${lost}: ${forcing.map(shown).join('; ')}`;
    return [
      found(
        before,
        severity === 'safe' ? 'dangerous' : severity,
        'RESOURCE_REPLACED',
        message,
        what === undefined ? undefined : IN_STEPS,
      ),
    ];
  }
  const judged = changes.map((change) => ({ change, protection: protectionLost(before, change) }));
  const lost = judged.flatMap(({ change, protection }) =>
    protection
      ? [
          found(
            before,
            protection.severity,
            'PROTECTION_REMOVED',
            `${protection.what}: ${shown(change)}`,
            protection.severity === 'blocking'
              ? 'keep it; if it must go, in a change of its own that says why'
              : undefined,
          ),
        ]
      : [],
  );
  const rest = judged
    .filter(({ change, protection }) => !protection && change.path !== 'source_code_hash')
    .map(({ change }) => change);
  return rest.length > 0 ? [...lost, found(before, 'safe', 'RESOURCE_CHANGED', rest.map(shown).join('; '))] : lost;
}

function forcesReplacement({ type, args }: DeclaredResource, path: string): boolean {
  if ((replacing[type] ?? []).some((name) => path === name || path.startsWith(`${name}.`))) return true;
  const [block, attribute, member] = path.split('.');
  const keys = (keyAttributes[type] ?? []).map((name) => args[name]);
  return block === 'attribute' && member === 'type' && keys.includes(attribute ?? '');
}

const protectionLost = ({ type }: DeclaredResource, { path, before, after }: ArgumentChange) =>
  protections.find(
    (each) => (each.type === '*' || each.type === type) && each.path.test(path) && each.lost(before, after),
  );

/** Code is shown by its size: what it does is told by the other parts. */
const CODE = /^(code|schema|template|dashboard_body|query_string|html|text|definition|policy|assume_role_policy)$/;
const SHORT = 60;

function shown({ path, before, after }: ArgumentChange): string {
  if (path === 'filename') return 'its code';
  if (CODE.test(path)) return `${path} (${size(before)} -> ${size(after)})`;
  return `${path}: ${short(before)} -> ${short(after)}`;
}

const size = (value: Json | undefined): string => (typeof value === 'string' ? `${value.length} characters` : 'none');

function short(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= SHORT) return text;
  return `${text.slice(0, SHORT)}… (${createHash('sha256').update(text).digest('hex').slice(0, 8)})`;
}

/** The same change of many resources is told once. */
function collapsed(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(
    findings,
    ({ code, severity, message, subject }) => `${severity} ${code} ${typeOf(subject)} ${message}`,
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first || group.length < 4 || first.severity === 'blocking') return group;
      const subjects = group.map(({ subject }) => subject);
      return [
        {
          ...first,
          subject: `${subjects.length} of ${typeOf(first.subject)}`,
          message: `${first.message} (${subjects.map((each) => each.split('.')[1]).join(', ')})`,
        },
      ];
    })
    .sort((a, b) =>
      a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.code < b.code ? -1 : a.code > b.code ? 1 : 0,
    );
}

const typeOf = (address: string): string => address.replace(/\..*$/, '');
