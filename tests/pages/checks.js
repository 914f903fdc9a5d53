// What is wrong with the pictures on a page, one line each. Everything is measured as it is drawn.
document.querySelectorAll("details").forEach((each) => { each.open = true; });

const SLACK = 1;
const problems = [];

const box = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
};
const inside = (inner, outer) =>
  inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK &&
  inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;
const centre = (area) => ({ x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 });
const holds = (area, point) =>
  point.x > area.left && point.x < area.right && point.y > area.top && point.y < area.bottom;
const overlap = (a, b) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
const size = (area) => (area.right - area.left) * (area.bottom - area.top);
const near = (a, b, reach) => Math.abs(a - b) <= reach;

// Cards that lie behind each other show that there are several.
const stacked = (a, b) =>
  near(a.right - a.left, b.right - b.left, SLACK) &&
  near(a.bottom - a.top, b.bottom - b.top, SLACK) &&
  near(a.left, b.left, 12) && near(a.top, b.top, 12);

// Whether a stretch from p to q comes into the middle of an area.
const crosses = (p, q, area) => {
  let [first, last] = [0, 1];
  const ways = [
    [p.x - q.x, p.x - area.left - 2], [q.x - p.x, area.right - 2 - p.x],
    [p.y - q.y, p.y - area.top - 2], [q.y - p.y, area.bottom - 2 - p.y],
  ];
  for (const [step, room] of ways) {
    if (step === 0 && room <= 0) return false;
    if (step < 0) first = Math.max(first, room / step);
    if (step > 0) last = Math.min(last, room / step);
  }
  return first < last;
};

const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
const over = (upper, opacity, lower) => upper.map((value, i) => value * opacity + lower[i] * (1 - opacity));
const light = (colour) => {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = numbers(getComputedStyle(each).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
  }
  return [255, 255, 255];
};

// The colour below a point, from what was drawn before.
const below = (svg, shapes, text, x, y) => {
  let colour = ground(svg);
  const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
  for (const shape of shapes) {
    if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    const style = getComputedStyle(shape);
    if (style.fill !== "none" && shape.isPointInFill(at)) {
      colour = over(numbers(style.fill).slice(0, 3), Number(style.fillOpacity), colour);
    }
  }
  return colour;
};

const check = (svg) => {
  const title = svg.querySelector("title").textContent;
  const say = (what) => problems.push(`${title}: ${what}`);
  const frame = box(svg);
  const cards = [...svg.querySelectorAll("rect.kl-card, rect.kl-error, rect.kl-badge")].map(box);
  const nodes = [...svg.querySelectorAll("rect.kl-card, rect.kl-error")].map(box)
    .filter((each, i, all) => !all.slice(i + 1).some((other) => stacked(each, other)));
  const shapes = [...svg.querySelectorAll("rect, polygon")];

  for (const text of svg.querySelectorAll("text")) {
    const area = box(text);
    const name = JSON.stringify(text.textContent);
    if (size(area) === 0) continue;
    if (!inside(area, frame)) say(`${name} leaves the picture`);
    const own = cards.filter((card) => holds(card, centre(area))).sort((a, b) => size(a) - size(b))[0];
    if (own && !inside(area, own)) say(`${name} leaves its box`);
    const fill = numbers(getComputedStyle(text).fill).slice(0, 3);
    const middle = centre(area);
    for (const x of [area.left + 2, middle.x, area.right - 2]) {
      const ratio = contrast(fill, below(svg, shapes, text, x, middle.y));
      if (ratio < 4.5) say(`${name} has a contrast of ${ratio.toFixed(2)}`);
    }
  }

  nodes.forEach((a, i) => nodes.slice(i + 1).forEach((b) => {
    if (overlap(a, b)) say("two boxes overlap");
  }));

  for (const line of svg.querySelectorAll("polyline")) {
    if (!/kl-(flow|shortcut|error-flow)/.test(line.getAttribute("class"))) continue;
    const matrix = line.getScreenCTM();
    const points = [...line.points].map((point) => point.matrixTransform(matrix));
    points.slice(1).forEach((point, i) => {
      if (nodes.some((card) => crosses(points[i], point, card))) say("an edge runs through a box");
    });
  }
};

document.querySelectorAll("svg.keraslint").forEach(check);
if (document.documentElement.scrollWidth > window.innerWidth) {
  problems.push(`the page is ${document.documentElement.scrollWidth} wide`);
}
return [document.querySelectorAll("svg.keraslint").length, [...new Set(problems)]];
