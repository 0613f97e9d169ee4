import type { KindName } from './kinds.ts';

/** The boxes that nodes stand in, by purpose. */
export const groups = {
  edge: 'Edge',
  identity: 'Sign-in',
  api: 'API',
  tables: 'Tables',
  objects: 'Objects',
  workers: 'Workers',
  messages: 'Queues and schedules',
  operations: 'Operations',
} as const;

export type GroupName = keyof typeof groups;

export interface DiagramNode {
  /** Unique; made of letters, digits and `_`, as PlantUML wants its aliases. */
  readonly id: string;
  readonly kind: KindName;
  readonly title: string;
  /** Small print under the title. */
  readonly details: readonly string[];
  /** Absent: outside AWS. */
  readonly group?: GroupName;
}

/** What a line means. */
export type Relation = 'request' | 'data' | 'event' | 'work' | 'publish';

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
  /** Whether something flows to `to`, and to `from`. Arrows follow the data. */
  readonly forward: boolean;
  readonly back: boolean;
  readonly label?: string;
  /** The number of the step in the order in which a visit happens. */
  readonly step?: Step;
}

/** The steps of a visit. There is no 6. */
export const steps = {
  1: 'A visitor opens the site',
  2: 'CloudFront serves static files from S3',
  3: 'The visitor signs in with Cognito',
  4: 'What was posted reaches Lambda',
  5: 'The page asks AppSync for data',
  7: 'AppSync reads and writes DynamoDB',
} as const;

export type Step = keyof typeof steps;

export interface Diagram {
  readonly title: string;
  readonly subtitle: string;
  readonly region: string;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}
