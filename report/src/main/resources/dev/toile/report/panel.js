// The sheet that shows where a number comes from. The address after # says which: #candidate/figure, and then perhaps
// on through the inputs: #candidate/figure/input/input.

const sheet = document.getElementById('why');

function asked() {
  const [candidate, figure, ...inputs] = location.hash.slice(1).split('/');
  if (!figure) {
    return null;
  }
  try {
    return {
      candidate: decodeURIComponent(candidate),
      figure: decodeURIComponent(figure),
      inputs: inputs.map(decodeURIComponent),
    };
  } catch {
    return null;
  }
}

/** The node at an address, or undefined. */
function nodeAt(candidate, what) {
  return what.inputs.reduce(
      (node, name) => node && node.inputs.map((id) => candidate.nodes.get(id)).find((input) => input && input.name === name),
      rootOf(candidate, what.figure));
}

/** The tree as text, each node once: a shared node is written where it is met first. */
function asText(candidate, root) {
  const lines = [`${candidate.name}: ${root.label || root.name} = ${root.text}`];
  const met = new Set();
  const write = (node, depth) => {
    const indent = '  '.repeat(depth);
    const again = met.has(node.id) && node.inputs.length > 0;
    lines.push(`${indent}${node.name} = ${node.text}${again ? ' (see above)' : ''}`);
    if (again) {
      return;
    }
    met.add(node.id);
    if (node.formula) {
      lines.push(`${indent}  = ${node.formula}`);
    }
    if (node.source) {
      const { title, date, url } = node.source;
      lines.push(`${indent}  source: ${[title, date, url].filter(Boolean).join(', ')}`);
    }
    if (node.note) {
      lines.push(`${indent}  note: ${node.note}`);
    }
    node.inputs.map((id) => candidate.nodes.get(id)).filter(Boolean).forEach((input) => write(input, depth + 1));
  };
  write(root, 0);
  return lines.join('\n') + '\n';
}

async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = 'Copied.';
  } catch {
    // Some browsers keep the clipboard from pages opened from disk: leave the text to be copied by hand.
    const area = el('textarea', { class: 'copied', readonly: true, 'aria-label': 'Explanation as text' });
    area.value = text;
    status.textContent = 'Copy it from here:';
    sheet.querySelector('.copied')?.remove();
    status.parentElement.after(area);
    area.select();
  }
}

/** The same figure of the other candidates, to look from one to the next. */
function elsewhere(candidate, what) {
  const links = [...results().candidates.values()]
      .filter((other) => nodeAt(other, what))
      .map((other) => el('li', {}, el('a', {
        href: address(other.name, what.figure, what.inputs),
        'aria-current': other.name === candidate.name ? 'true' : null,
      }, other.name), ` ${nodeAt(other, what).text}`));
  return links.length > 1 ? el('ul', { class: 'same', 'aria-label': 'The same figure of each candidate' }, ...links) : null;
}

function fill(candidate, what, root) {
  const list = tree(candidate, root);
  const status = el('span', { role: 'status' });
  const button = (words, action) => el('button', { type: 'button', class: 'plain', onclick: action }, words);
  sheet.replaceChildren(
      top(candidate.name, root.name),
      el('h2', { id: 'why-title' }, sentence(root.label || root.name)),
      el('p', { class: 'why-value' }, root.text),
      ...[elsewhere(candidate, what)].filter(Boolean),
      el('div', { class: 'why-tools' },
          button('Unfold one level', () => unfoldOneLevel(list)),
          button('Fold', () => foldAll(list)),
          button('Copy as text', () => copy(asText(candidate, root), status)),
          status),
      list);
}

function top(candidate, figure) {
  return el('div', { class: 'why-top' },
      el('p', {}, candidate, ' ', el('code', {}, figure)),
      el('button', { type: 'button', class: 'plain', onclick: () => sheet.close() }, 'Close'));
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function show() {
  const what = asked();
  if (!what) {
    if (sheet.open) {
      sheet.close();
    }
    return;
  }
  const candidate = results().candidates.get(what.candidate);
  const root = candidate && nodeAt(candidate, what);
  if (root) {
    fill(candidate, what, root);
  } else {
    sheet.replaceChildren(
        top(what.candidate, what.figure),
        el('h2', { id: 'why-title' }, 'Nothing to show'),
        el('p', {}, 'These results explain no such figure of such a candidate.'));
  }
  if (!sheet.open) {
    sheet.showModal();
  }
  sheet.scrollTop = 0;
  (sheet.querySelector('.tree summary') || sheet.querySelector('button')).focus({ preventScroll: true });
}

sheet.addEventListener('click', (event) => {
  // A click on the sheet itself and outside its box is one on the veil beside it.
  if (event.target === sheet && event.clientX < sheet.getBoundingClientRect().left) {
    sheet.close();
  }
});
sheet.addEventListener('close', () => {
  if (asked()) {
    history.replaceState(null, '', location.pathname + location.search);
  }
});
window.addEventListener('hashchange', show);
show();
