// A page with one clip in it.

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

async function begin() {
  try {  // of a snippet: as high as what is in it, where the article lets it know
    const frame = window.frameElement;
    if (frame?.matches("iframe.animate")) new ResizeObserver(() => {
      frame.style.aspectRatio = "auto";
      frame.style.height = `${document.body.scrollHeight}px`;
    }).observe(document.body);
  } catch { /* another origin */ }
  const given = JSON.parse(part("animate-facts").textContent);
  const packed = part("animate-numbers").textContent;
  const parts = [...document.querySelectorAll(".animate-frames")].map(each => ({
    first: Number(each.dataset.first),
    count: Number(each.dataset.count),
    data: () => bytes(each.textContent),
  }));
  const told = packed ? JSON.parse(new TextDecoder().decode(await inflated(bytes(packed)))) : null;
  if (still) second = given.duration;
  repeat(given.loop);
  await use({facts: given, numbers: told, parts});
  if (!still && !film) play(true);
}

begin().catch(error => {
  part("failed").hidden = false;
  console.error(error);
});
