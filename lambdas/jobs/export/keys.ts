/** Where an export lies in the bucket `exports`: all of a member's below one prefix, by which an erasure finds it. */

export interface ExportOf {
  readonly userId: string;
  readonly jobId: string;
}

export function memberPrefix(userId: string): string {
  return `${userId}/`;
}

export function partsPrefix({ userId, jobId }: ExportOf): string {
  return `${memberPrefix(userId)}${jobId}/parts/`;
}

/** By section, and within it in the order of collecting. */
export function partKey({ section, number, ...of }: ExportOf & { readonly section: string; readonly number: number }) {
  return `${partsPrefix(of)}${section}/${String(number).padStart(8, '0')}`;
}

export function sectionOf(key: string): string {
  return key.split('/').at(-2) ?? '';
}

export function archivesPrefix({ userId, jobId }: ExportOf): string {
  return `${memberPrefix(userId)}${jobId}/archives/`;
}

/** `index` from 1. */
export function archiveKey({
  name,
  index,
  ...of
}: ExportOf & { readonly name: 'export' | 'photos'; readonly index: number }) {
  return `${archivesPrefix(of)}hiroba-${name}-${index}.zip`;
}

export function fileNameOf(key: string): string {
  return key.split('/').at(-1) ?? '';
}
