// Contrast of every text that is seen against what is painted below it (WCAG 2.2, 1.4.3), in drawings too, which axe
// leaves out. Returns the least contrast and whatever is below 4.5.

function colour(text) {
  const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
  return { r, g, b, a };
}

function over(top, below) {
  const mix = (channel) => top[channel] * top.a + below[channel] * (1 - top.a);
  return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
}

function luminance({ r, g, b }) {
  const linear = [r, g, b].map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours of all boxes around an element, blended. */
function paper(element) {
  const layers = [];
  for (let each = element; each; each = each.parentElement) {
    layers.push(colour(getComputedStyle(each).backgroundColor));
  }
  return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
}

/** In a drawing, also the areas below the middle of the text. */
function ground(text) {
  const at = text.getBoundingClientRect();
  const x = at.left + at.width / 2;
  const y = at.top + at.height / 2;
  return [...text.ownerSVGElement.querySelectorAll('rect')]
      .filter((rect) => {
        const box = rect.getBoundingClientRect();
        return x > box.left && x < box.right && y > box.top && y < box.bottom;
      })
      .map((rect) => getComputedStyle(rect))
      .reduce((below, style) => over({ ...colour(style.fill), a: Number(style.fillOpacity) }, below), paper(text.ownerSVGElement));
}

const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.textContent.trim() || !element.checkVisibility({ visibilityProperty: true })
      || ['SCRIPT', 'OPTION', 'NOSCRIPT'].includes(element.tagName)) {
    continue;
  }
  const style = getComputedStyle(element);
  const drawn = element instanceof SVGTextElement;
  const below = drawn ? ground(element) : paper(element);
  const ratio = contrast(over(colour(drawn ? style.fill : style.color), below), below);
  found.push({ ratio, text: `${ratio.toFixed(2)} ${element.tagName}.${element.getAttribute('class')}: ${node.textContent.trim().slice(0, 40)}` });
}
found.sort((a, b) => a.ratio - b.ratio);
return [String(found.length), found[0].ratio.toFixed(2), ...found.filter((each) => each.ratio < 4.5).map((each) => each.text)];
