// The results are parsed when the first explanation is opened: reading the page does not need them.

let parsed = null;

function island(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function results() {
  if (!parsed) {
    const data = island('results');
    const texts = island('texts');
    parsed = { data, candidates: new Map() };
    for (const candidate of data.candidates) {
      const nodes = new Map();
      const explanation = candidate.explanation || { nodes: [], roots: {} };
      (explanation.nodes || []).forEach((node, at) => {
        nodes.set(node.id, { ...node, inputs: node.inputs || [], text: texts[candidate.name][at] });
      });
      parsed.candidates.set(candidate.name, { ...candidate, nodes, roots: new Map(Object.entries(explanation.roots || {})) });
    }
  }
  return parsed;
}

/** The node behind a figure of a candidate, or undefined. */
function rootOf(candidate, figure) {
  return candidate.nodes.get(candidate.roots.get(figure));
}

function address(candidate, figure, inputs = []) {
  return '#' + [candidate, figure, ...inputs].map(encodeURIComponent).join('/');
}

/** An element with attributes and children; text is always set as text, never as markup. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
