/** `util.transform.toElasticsearchQueryDSL`: a filter object to an OpenSearch query. */
import { isObject } from './typedValues.ts';

const { entries, hasOwn } = Object;
const { isArray } = Array;
const { stringify } = JSON;
const Refusal = Error;

type Query = Record<string, unknown>;

const under =
  (name: string) =>
  (field: string, value: unknown): Query => ({ [name]: { [field]: value } });

const range =
  (operator: string) =>
  (field: string, value: unknown): Query => ({ range: { [field]: { [operator]: value } } });

const term = under('term');

const OPERATORS: Readonly<Record<string, (field: string, value: unknown) => Query>> = {
  eq: term,
  ne: (field, value) => ({ bool: { must_not: term(field, value) } }),
  gt: range('gt'),
  gte: range('gte'),
  lt: range('lt'),
  lte: range('lte'),
  range: (field, value) => {
    if (!isArray(value) || value.length !== 2) throw new Refusal('The operator range takes two values.');
    return { range: { [field]: { gte: value[0] as unknown, lte: value[1] as unknown } } };
  },
  match: under('match'),
  matchPhrase: under('match_phrase'),
  matchPhrasePrefix: under('match_phrase_prefix'),
  multiMatch: (field, value) => ({ multi_match: { query: value, fields: [field] } }),
  wildcard: under('wildcard'),
  regexp: under('regexp'),
  exists: (field, value) => (value === false ? { bool: { must_not: { exists: { field } } } } : { exists: { field } }),
};

export function toElasticsearchQueryDSL(filter: unknown): string {
  return stringify(mapQuery(filter));
}

function mapQuery(filter: unknown): Query {
  if (!isObject(filter)) throw new Refusal(`A query must be an object, not ${stringify(filter)}.`);
  const must: Query[] = [];
  for (const [key, value] of entries(filter)) {
    if (value !== undefined && value !== null) must.push(entryQuery(key, value));
  }
  return { bool: { must } };
}

function entryQuery(key: string, value: unknown): Query {
  if (key === 'not') return { bool: { must_not: mapQuery(value) } };
  if (key !== 'and' && key !== 'or') return fieldQuery(key, value);
  const members: Query[] = [];
  for (const member of isArray(value) ? (value as unknown[]) : [value]) members.push(mapQuery(member));
  return { bool: key === 'and' ? { must: members } : { should: members } };
}

function fieldQuery(field: string, conditions: unknown): Query {
  if (!isObject(conditions)) throw new Refusal(`The condition on ${field} must be an object.`);
  const must: Query[] = [];
  for (const [operator, value] of entries(conditions)) {
    const build = hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (!build) throw new Refusal(`Unsupported operator ${operator}.`);
    must.push(build(field, value));
  }
  return { bool: { must } };
}
