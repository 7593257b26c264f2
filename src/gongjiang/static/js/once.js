// The elements under `root` that match and were not set up yet for this `part`.

const seen = new Map();

export function fresh(root, selector, part) {
  const known = seen.get(part) ?? seen.set(part, new WeakSet()).get(part);
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  return found.filter((element) => !known.has(element) && known.add(element));
}
