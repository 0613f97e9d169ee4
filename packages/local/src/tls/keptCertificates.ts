import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOrCreatePrivateFile } from '../data/privateFile.ts';
import type { Page } from '../server/pages.ts';
import { areValid, type Certificates, makeCertificates } from './certificates.ts';

/** The file of a data folder that clients are told to trust. */
export const AUTHORITY_FILE = 'ca.pem';
const PRIVATE_FILE = 'tls.json';

/**
 * The certificates of a data folder, made at the first start and anew when they end; of a system in memory, when they are first
 * asked for. By the machine's clock, as whoever looks at them goes by that one.
 */
export function keepCertificates(folder: string | null): () => Certificates {
  let certificates = folder === null ? undefined : readOrMake(folder);
  return () => (certificates ??= makeCertificates(Date.now()));
}

function readOrMake(folder: string): Certificates {
  const path = join(folder, PRIVATE_FILE);
  if (existsSync(path) && !areValid(read(readFileSync(path, 'utf8')), Date.now())) rmSync(path);
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : null;
  const certificates = read(kept ?? readOrCreatePrivateFile(path, () => JSON.stringify(makeCertificates(Date.now()))));
  const unfinished = join(folder, `${AUTHORITY_FILE}.new`);
  writeFileSync(unfinished, certificates.authority);
  renameSync(unfinished, join(folder, AUTHORITY_FILE));
  return certificates;
}

/** `GET /ca.pem`: nothing secret. */
export function authorityPage(certificates: () => Certificates, path: string): Page | null {
  if (path !== `/${AUTHORITY_FILE}`) return null;
  return { headers: { 'content-type': 'application/x-pem-file' }, body: Buffer.from(certificates().authority) };
}

const read = (text: string): Certificates => JSON.parse(text) as Certificates;
