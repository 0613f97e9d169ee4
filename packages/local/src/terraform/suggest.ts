/** `; did you mean users_read?`, or an empty string when no candidate is near enough to be a slip of the finger. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate);
    if (best === undefined || distance < best.distance) best = { candidate, distance };
  }
  const tolerated = Math.max(1, Math.floor(name.length / 3));
  return best !== undefined && best.distance > 0 && best.distance <= tolerated
    ? `; did you mean ${best.candidate}?`
    : '';
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const insertion = (current[column - 1] ?? 0) + 1;
      const deletion = (previous[column] ?? 0) + 1;
      current.push(Math.min(substitution, insertion, deletion));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
