/** What the mail about an export is told by: a member gets one mail of an occasion. */
export function exportOccasion(jobId: string): string {
  return `export-${jobId}`;
}
