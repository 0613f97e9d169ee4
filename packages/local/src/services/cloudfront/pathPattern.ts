/** `*` is any characters, also none and also `/`; `?` is one; the leading `/` may be left out. Letters are told apart by case. */
export function matchesPath(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern, path].map((text) => (text.startsWith('/') ? text : `/${text}`)) as [string, string];
  return matchesText(wanted, given);
}

/**
 * `*` is any characters, also none, and `?` is one. Without backtracking into earlier `*`: the time is at most the product
 * of the lengths.
 */
export function matchesText(pattern: string, text: string): boolean {
  let [at, read, star, resume] = [0, 0, -1, 0];
  while (read < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = read;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[read])) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
