import type { JobStatus } from '../generated/schema.ts';
import { globalId } from './globalId.ts';
import type { ArchiveItem, JobItem } from './items.ts';
import { ulidTimeISO } from './ulid.ts';

export type JobSource = {
  __typename: 'DataExport' | 'AccountDeletion';
  id: string;
  status: JobStatus;
  createdAt: string;
  /** DataExport: what its `archives` are made of, once it is DONE. */
  stored: ArchiveItem[] | null;
  finishedAt: string | null;
};

export function toJob(item: JobItem): JobSource {
  const ulid = item.operationId.slice('JOB#'.length);
  return {
    __typename: item.kind === 'DATA_EXPORT' ? 'DataExport' : 'AccountDeletion',
    id: globalId('Job', [ulid]),
    status: item.state,
    createdAt: ulidTimeISO(ulid),
    stored: item.archives ?? null,
    finishedAt: item.finishedAt ?? null,
  };
}
