// The switch to large type without loading the page again; the link does the same on the server.

import { fresh } from "./once.js";

const YEAR = 365 * 24 * 3600;

export function start(root) {
  for (const link of fresh(root, "[data-type-toggle]", "large-type")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const large = document.documentElement.dataset.type !== "large";
      if (large) document.documentElement.dataset.type = "large";
      else delete document.documentElement.dataset.type;
      document.cookie = `type=${large ? "large" : "usual"}; path=/; max-age=${YEAR}; samesite=lax`;
      const address = new URL(link.href);
      address.searchParams.set("type", large ? "usual" : "large");
      link.href = address;
      const words = link.textContent;
      link.textContent = link.dataset.other;
      link.dataset.other = words;
    });
  }
}
