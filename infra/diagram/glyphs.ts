import type { KindName } from './kinds.ts';

/** Line drawings of 24 x 24, stroked in white on a tile of the category's colour. */
export const glyphs: Readonly<Record<KindName, string>> = {
  people: '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 3.5-7.5 8-7.5s8 2.5 8 7.5"/>',
  cdn: '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3.5 3 3.5 15 0 18M12 3c-3.5 3-3.5 15 0 18"/>',
  dns: '<path d="M12 3v18M8 21h8M12 5h7l2 2-2 2h-7M12 11H6l-2 2 2 2h6"/>',
  firewall: '<path d="M3 5h18v14H3zM3 9.7h18M3 14.3h18M9 5v4.7M15 9.7v4.6M9 14.3V19M6 9.7v4.6M15 5v0M18 14.3V19"/>',
  certificate: '<circle cx="12" cy="9" r="6"/><path d="M9 9l2 2 4-4M8.5 14L7 21l5-2.5L17 21l-1.5-7"/>',
  userPool:
    '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="9" cy="10.5" r="2"/><path d="M5.5 16c.5-2 1.8-3 3.5-3s3 1 3.5 3M15 10h3.5M15 14h3.5"/>',
  key: '<circle cx="8" cy="15" r="4.5"/><path d="M11.5 12L20 3.5M16 7.5l3 3M13.5 10l2 2"/>',
  api: '<circle cx="12" cy="12" r="3"/><circle cx="12" cy="3.5" r="1.5"/><circle cx="4.5" cy="17" r="1.5"/><circle cx="19.5" cy="17" r="1.5"/><path d="M12 5v4M9.4 13.5l-3.6 2.2M14.6 13.5l3.6 2.2"/>',
  table:
    '<ellipse cx="12" cy="5.5" rx="8" ry="2.8"/><path d="M4 5.5v13c0 1.5 3.6 2.8 8 2.8s8-1.3 8-2.8v-13M4 12c0 1.5 3.6 2.8 8 2.8s8-1.3 8-2.8"/>',
  bucket:
    '<ellipse cx="12" cy="6" rx="8.5" ry="2.8"/><path d="M3.5 6l2.3 13c.2 1.2 2.9 2.2 6.2 2.2s6-1 6.2-2.2L20.5 6M12 12.5l6.5 2.5"/>',
  backup: '<path d="M4 12a8 8 0 1 1 2.4 5.7M4 12l-2-2.5M4 12l2.7-2M12 7.5V12l3 2"/>',
  lambda: '<path d="M6 4h3.5l7.5 16H20M11.3 10.5L6.5 20"/>',
  queue:
    '<rect x="3" y="7" width="4" height="10" rx="1"/><rect x="10" y="7" width="4" height="10" rx="1"/><rect x="17" y="7" width="4" height="10" rx="1"/><path d="M3 21h16M17 19l2 2-2 2"/>',
  topic: '<path d="M5 17h14c-1.5-1.5-2-3-2-7a5 5 0 0 0-10 0c0 4-.5 5.5-2 7zM10 20a2 2 0 0 0 4 0M12 5V3"/>',
  schedule: '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l4 2.5"/>',
  rule: '<path d="M13 2.5L5 14h6l-1 7.5L19 10h-6.5z"/>',
  delivery: '<path d="M3 7c3-3 6 3 9 0s6 3 9 0M3 12c3-3 6 3 9 0s6 3 9 0M3 17c3-3 6 3 9 0s6 3 9 0"/>',
  analytics: '<circle cx="10.5" cy="10.5" r="7"/><path d="M15.5 15.5L21 21M8 13v-2M10.5 13V8M13 13v-3.5"/>',
  mail: '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3.5 7l8.5 6.5L20.5 7"/>',
  monitoring: '<path d="M3 3v18h18M6.5 15l4-5 3.5 3.5L20 6.5"/>',
  trail: '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 14.5h7M9 18h4"/>',
  roles: '<path d="M12 2.5l8 3v6c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10v-6zM8.5 12l2.5 2.5 4.5-5"/>',
};
