import type { CaseStatus, Decision, ReportReason } from '../generated/schema.ts';
import { globalId, type NodeReference, type NodeType } from './globalId.ts';
import type { CaseEvent, CaseItem } from './items.ts';
import { ulidTimeISO } from './ulid.ts';

/** What a Report's fields and nested resolvers read. */
export type ReportSource = {
  __typename: 'Report';
  id: string;
  reason: ReportReason;
  details: string | null;
  status: CaseStatus;
  createdAt: string;
  subjectReference: NodeReference;
};

/** What a ModerationCase's fields and nested resolvers read. */
export type CaseSource = {
  __typename: 'ModerationCase';
  id: string;
  reason: ReportReason;
  details: string | null;
  status: CaseStatus;
  createdAt: string;
  subjectReference: NodeReference;
  evidenceCount: number;
  decision: Decision | null;
  history: CaseEvent[];
  reporterId: string;
};

export function toReport(item: CaseItem): ReportSource {
  const ulid = caseUlid(item);
  return {
    __typename: 'Report',
    id: globalId('Report', [ulid]),
    reason: item.reason as ReportReason,
    details: item.details ?? null,
    status: caseStatus(item),
    createdAt: ulidTimeISO(ulid),
    subjectReference: subjectOf(item),
  };
}

export function toCase(item: CaseItem): CaseSource {
  const ulid = caseUlid(item);
  return {
    __typename: 'ModerationCase',
    id: globalId('ModerationCase', [ulid]),
    reason: item.reason as ReportReason,
    details: item.details ?? null,
    status: caseStatus(item),
    createdAt: ulidTimeISO(ulid),
    subjectReference: subjectOf(item),
    evidenceCount: item.evidenceCount,
    decision: (item.decision ?? null) as Decision | null,
    history: item.history,
    reporterId: item.reporterId,
  };
}

export function subjectOf(item: CaseItem): NodeReference {
  return { type: item.subjectType as NodeType, key: item.subjectKey.split(':') };
}

function caseUlid(item: CaseItem): string {
  return item.operationId.slice('CASE#'.length);
}

/** The stored status carries the shard of its queue. */
function caseStatus(item: CaseItem): CaseStatus {
  return item.status.split('#')[0] as CaseStatus;
}
