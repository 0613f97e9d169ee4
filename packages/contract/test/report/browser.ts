import { existsSync } from 'node:fs';

/** Debian's, or what `CHROMIUM` names. Without one, what needs it is skipped. */
export const chromium: string | undefined =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Without the flags on background networking it asks for hosts of its own. */
export const flags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
