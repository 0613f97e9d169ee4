import type { Category } from './kinds.ts';
import type { Relation } from './model.ts';

/** The colours that AWS gives its categories of services; white shows on each. */
export const CATEGORY_COLOURS: Readonly<Record<Category, string>> = {
  people: '#5b6576',
  network: '#8c4fff',
  security: '#dd344c',
  integration: '#e7157b',
  database: '#c925d1',
  storage: '#6b8f14',
  compute: '#d86613',
  management: '#b0084d',
};

export const RELATIONS: Readonly<
  Record<Relation, { readonly means: string; readonly light: string; readonly dark: string }>
> = {
  request: { means: 'requests, and what they are answered with', light: '#4a5568', dark: '#a9b6c9' },
  data: {
    means: 'the API reads and writes; n× is the resolvers and functions that do',
    light: '#1d5fd1',
    dark: '#79b0ff',
  },
  event: { means: 'what happens here starts work there', light: '#7a32d4', dark: '#c49bff' },
  work: { means: 'workers read and write', light: '#b4540a', dark: '#ffb36b' },
  publish: { means: 'workers publish to subscribers', light: '#c01273', dark: '#ff8cc8' },
};

/** Follows the reader's preference: an SVG shown as an image sees it too. */
export function styleSheet(): string {
  const lines = (theme: 'light' | 'dark'): string =>
    Object.entries(RELATIONS)
      .map(([relation, colours]) => `--${relation}:${colours[theme]};`)
      .join('');
  const relations = Object.keys(RELATIONS)
    .map((relation) => `.${relation}{stroke:var(--${relation})}.${relation}-fill{fill:var(--${relation})}`)
    .join('');
  const tiles = Object.entries(CATEGORY_COLOURS)
    .map(([category, colour]) => `.tile-${category}{fill:${colour}}`)
    .join('');
  return [
    `:root{--paper:#fff;--ink:#16202e;--faint:#5a6678;--card:#fff;--edge:#ccd4df;--box:#f4f6f9;--rim:#b9c3d0;${lines('light')}}`,
    `@media(prefers-color-scheme:dark){:root{--paper:#0e141c;--ink:#eef2f7;--faint:#a3afbf;--card:#1c2531;--edge:#3b4757;--box:#151d27;--rim:#4a5768;${lines('dark')}}}`,
    'text{font-family:-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;fill:var(--ink)}',
    '.paper{fill:var(--paper)}.card{fill:var(--card);stroke:var(--edge)}.box{fill:var(--box);stroke:none}',
    '.rim{fill:none;stroke:var(--rim);stroke-width:1.2}.dashed{stroke-dasharray:5 4}',
    '.faint{fill:var(--faint)}.name{font-weight:600}.glyph{fill:none;stroke:#fff;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}',
    '.line{fill:none;stroke-width:1.5}.step{fill:var(--ink)}.number{fill:var(--paper);font-weight:700;text-anchor:middle}',
    relations,
    tiles,
  ].join('');
}
