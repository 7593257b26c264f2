// Keeps the words about a deadline fresh. What counts is the server's clock: the page says how many seconds were left
// when it was made, and only the time that has passed since is taken off. Of the two clocks of a browser one may be set
// by hand, the other may stand still while the machine sleeps: the longer time is taken.

const DAY = 86400;
const begun = Date.now();
const started = performance.now();

function words(box) {
  const passed = Math.max(Math.round((Date.now() - begun) / 1000), Math.round((performance.now() - started) / 1000));
  const all = Number(box.dataset.countdown);
  const gone = Number(box.dataset.gone);
  const left = all - passed;
  if (left <= 0) return `已于 ${box.dataset.until} 截止`;
  const days = Math.floor((gone + all - 1) / DAY) - Math.floor((gone + passed) / DAY);
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor(left / 60) % 60;
  const rest = hours ? `${hours} 小时 ${minutes} 分` : minutes ? `${minutes} 分` : "";
  return `${days > 0 ? `还有 ${days} 天` : rest ? `还有 ${rest}` : "还有不到 1 分"}，${box.dataset.until} 截止`;
}

function refresh() {
  for (const box of document.querySelectorAll("[data-countdown]")) {
    const shown = box.querySelector("span");
    const said = words(box);
    if (shown.textContent !== said) shown.textContent = said;
    box.classList.toggle("over", said.startsWith("已于"));
  }
}

let timer = 0;

export function start() {
  if (!timer) timer = setInterval(refresh, 15000);
  document.addEventListener("visibilitychange", refresh);
}
