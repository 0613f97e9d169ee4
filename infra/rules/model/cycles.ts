/** Circles among nodes that name others, each once and beginning with its first name; names of no node are passed over. */
export function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles = new Map<string, readonly string[]>();
  const visit = (node: string, path: readonly string[]): void => {
    const at = path.indexOf(node);
    if (at >= 0) {
      const cycle = rotated(path.slice(at));
      cycles.set(cycle.join(' '), cycle);
      return;
    }
    if (done.has(node)) return;
    for (const next of new Set(edges.get(node) ?? [])) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of edges.keys()) visit(node, []);
  return [...cycles.values()];
}

function rotated(cycle: readonly string[]): readonly string[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '');
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
