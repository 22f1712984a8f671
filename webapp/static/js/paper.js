// The paper beside a draft is drawn anew as soon as the draft was saved; what is wrong with it is said there.
export function start() {
  const paper = document.querySelector("iframe[data-paper]");
  document.addEventListener("draft-saved", () => paper.contentWindow.location.reload());
}
