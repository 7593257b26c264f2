// 字数, counted as the server counts it: the rule and its tables are those of gongjiang/kernel/text.py.
// A field says its limit with data-count="300"; the element of class "counter" in the same ".field" shows the
// figure: <span class="counter"><b>73</b> / 300 字</span>. Without script the server's figure stays.

/* prettier-ignore */
export const WIDE = [
  [0x00B7, 0x00B7], [0x1100, 0x11FF], [0x2014, 0x2015], [0x2018, 0x2019], [0x201C, 0x201D], [0x2026, 0x2026],
  [0x2103, 0x2103], [0x2160, 0x217F], [0x2190, 0x2BFF], [0x2E80, 0x2FFF], [0x3001, 0xA4CF], [0xA960, 0xA97F],
  [0xAC00, 0xD7FF], [0xF900, 0xFAFF], [0xFE10, 0xFE1F], [0xFE30, 0xFE6F], [0xFF01, 0xFFEF], [0x1B000, 0x1B2FF],
  [0x1F000, 0x1F3FA], [0x1F400, 0x1FAFF], [0x20000, 0x3FFFF],
];

/* prettier-ignore */
export const SPACES = [
  [0x0009, 0x000D], [0x0020, 0x0020], [0x0085, 0x0085], [0x00A0, 0x00A0], [0x1680, 0x1680], [0x2000, 0x200A],
  [0x2028, 0x2029], [0x202F, 0x202F], [0x205F, 0x205F], [0x3000, 0x3000],
];

/* prettier-ignore */
export const SILENT = [
  [0x0000, 0x0008], [0x000E, 0x001F], [0x007F, 0x0084], [0x0086, 0x009F], [0x00AD, 0x00AD], [0x0300, 0x036F],
  [0x061C, 0x061C], [0x180B, 0x180E], [0x200B, 0x200F], [0x202A, 0x202E], [0x2060, 0x206F], [0x20D0, 0x20FF],
  [0xD800, 0xDFFF], [0xFE00, 0xFE0F], [0xFEFF, 0xFEFF], [0x1F3FB, 0x1F3FF], [0xE0000, 0xE0FFF],
];

const within = (code, ranges) => ranges.some(([low, high]) => low <= code && code <= high);

export function countText(text) {
  let count = 0;
  let inRun = false;
  for (const char of text.normalize("NFC")) {
    const code = char.codePointAt(0);
    if (within(code, SILENT)) continue;
    const wide = within(code, WIDE);
    const space = within(code, SPACES);
    if (wide || !(space || inRun)) count += 1;
    inRun = !(wide || space);
  }
  return count;
}

const NEAR = 0.9; // from nine tenths of the limit on the figure turns amber

export function showCount(field) {
  const counter = field.closest(".field")?.querySelector(".counter");
  if (!counter) return;
  const limit = Number(field.dataset.count);
  const count = countText(field.value);
  (counter.querySelector("b") ?? counter).textContent = String(count);
  counter.classList.toggle("over", count > limit);
  counter.classList.toggle("near", count <= limit && count >= limit * NEAR);
}

if (typeof document !== "undefined") {
  // One listener for the whole page: fields that arrive later are counted too.
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-count]")) showCount(event.target);
  });
  document.querySelectorAll("[data-count]").forEach(showCount);
}
