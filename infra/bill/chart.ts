import { rungNames, rungs } from '../rungs.ts';
import { byService } from './bill.ts';
import { dollars } from './format.ts';
import type { Ladder } from './ladder.ts';
import { type ServiceLine, services } from './line.ts';

/** Light and dark enough for white and for black pages; neighbours differ also without colours. */
const COLOURS: Readonly<Record<ServiceLine, string>> = {
  AppSync: '#c2417c',
  'AppSync cache': '#e58bb3',
  'DynamoDB requests': '#3355c4',
  'DynamoDB storage': '#8aa4f0',
  Cognito: '#b3402f',
  Lambda: '#e08a1e',
  CloudFront: '#7a4fd0',
  S3: '#4f9a3d',
  'Data transfer': '#b79cf2',
  WAF: '#8f1f3f',
  CloudWatch: '#1f8f8a',
  KMS: '#c9b52b',
  'Route 53': '#6b7280',
  Other: '#a3a3a3',
};

const WIDTH = 900;
const LABEL = 190;
const SUM = 110;
const BAR = WIDTH - LABEL - SUM;
const ROW = 44;
const TOP = 56;

/** One bar per rung, as wide as the whole bill: what it consists of. Sums grow by five orders, so they are written out. */
export function chart({ bills, region, reading }: Ladder): string {
  const shown = services.filter((service) => rungNames.some((rung) => byService(bills[rung])[service] > 0));
  const legendTop = TOP + rungNames.length * ROW + 24;
  const height = legendTop + Math.ceil(shown.length / 4) * 24 + 12;
  const title = `Monthly bill by service, ${region}, ${reading === 'literal' ? 'one operation per read' : 'pages of 20'}`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="14">`,
    `<title id="title">${title}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="30" font-size="17" font-weight="600" fill="#111827">${title}</text>`,
    ...rungNames.flatMap((rung, index) => barOf(bills[rung], rung, TOP + index * ROW)),
    ...shown.flatMap((service, index) =>
      legendEntry(service, 16 + (index % 4) * 215, legendTop + Math.floor(index / 4) * 24),
    ),
    '</svg>',
  ].join('\n')}\n`;
}

function barOf(bill: Ladder['bills'][keyof typeof rungs], rung: keyof typeof rungs, top: number): string[] {
  const sums = byService(bill);
  let left = LABEL;
  const parts = services.flatMap((service) => {
    const width = (sums[service] / bill.usd) * BAR;
    if (!(width > 0)) return [];
    const part = `<rect x="${left.toFixed(2)}" y="${top}" width="${width.toFixed(2)}" height="28" fill="${COLOURS[service]}"><title>${service}: $${dollars(sums[service]).replace('<', '&lt;')}</title></rect>`;
    left += width;
    return [part];
  });
  return [
    `<text x="16" y="${top + 13}" fill="#111827" font-weight="600">${rungs[rung].title}</text>`,
    `<text x="16" y="${top + 29}" fill="#4b5563" font-size="12">${bill.users.toLocaleString('en-US')} users</text>`,
    ...parts,
    `<text x="${WIDTH - 16}" y="${top + 20}" text-anchor="end" fill="#111827">$${dollars(bill.usd)}</text>`,
  ];
}

function legendEntry(service: ServiceLine, x: number, y: number): string[] {
  return [
    `<rect x="${x}" y="${y}" width="14" height="14" fill="${COLOURS[service]}"/>`,
    `<text x="${x + 20}" y="${y + 12}" fill="#374151" font-size="13">${service}</text>`,
  ];
}
