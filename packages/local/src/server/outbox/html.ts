/** Text that is safe between tags and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text with its web addresses as links. */
export function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) => (index % 2 === 0 ? escapeHtml(part) : link(part)))
    .join('');
}

/** The punctuation after an address is the sentence's. */
function link(address: string): string {
  const end = /[.,;:!?)\]」』。、）]+$/.exec(address)?.index ?? address.length;
  const url = escapeHtml(address.slice(0, end));
  return `<a href="${url}" target="_blank" rel="noopener noreferrer">${url}</a>${escapeHtml(address.slice(end))}`;
}

/** `2026-01-05 09:30:12 UTC`, marked up as a time. */
export function timeElement(epochMilliseconds: number): string {
  const iso = new Date(epochMilliseconds).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}
