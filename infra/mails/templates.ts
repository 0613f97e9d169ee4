import type { MailTemplate } from './layout.ts';
import { announcement } from './announcement.ts';
import { digest } from './digest.ts';
import { exportReady } from './exportReady.ts';
import { welcome } from './welcome.ts';

/** Every mail of our own, by the end of its template's name. `lambdas/mail` fills in what is in braces. */
export const mailTemplates: Readonly<Record<string, MailTemplate>> = {
  'announcement-en': announcement.en,
  'announcement-ja': announcement.ja,
  'digest-en': digest.en,
  'digest-ja': digest.ja,
  'export-ready-en': exportReady.en,
  'export-ready-ja': exportReady.ja,
  'welcome-en': welcome.en,
  'welcome-ja': welcome.ja,
};
