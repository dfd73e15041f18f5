// Views become tabs, one candidate is picked where a plot shows only one, points say their values.

const plots = document.querySelector('.breakdowns');
const views = [...plots.querySelectorAll('.view')];

function select(view, focus) {
  for (const each of views) {
    const chosen = each === view;
    each.hidden = !chosen;
    each.tab.setAttribute('aria-selected', String(chosen));
    each.tab.tabIndex = chosen ? 0 : -1;
  }
  plots.classList.toggle('no-bars', !view.querySelector('.bars'));
  plots.classList.toggle('no-pick', !view.querySelector('.of'));
  if (focus) {
    view.tab.focus();
  }
}

/** Tabs as in the ARIA authoring practices: arrows go round, Home and End to the ends, one stop for the tab key. */
function tabs() {
  const strip = el('div', { class: 'tabs', role: 'tablist', 'aria-labelledby': 'breakdowns-title' });
  for (const view of views) {
    const title = view.querySelector('h3');
    view.tab = el('button', {
      type: 'button', role: 'tab', id: `${view.id}-tab`, 'aria-controls': view.id, onclick: () => select(view, false),
    }, title.textContent);
    view.setAttribute('role', 'tabpanel');
    view.setAttribute('aria-labelledby', view.tab.id);
    strip.append(view.tab);
  }
  strip.addEventListener('keydown', (event) => {
    const here = views.findIndex((view) => view.tab === document.activeElement);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: views.length - 1 }[event.key];
    if (here >= 0 && next !== undefined) {
      event.preventDefault();
      select(views[(next + views.length) % views.length], true);
    }
  });
  plots.querySelector('.plots-top').before(strip);
  plots.classList.add('tabbed');
}

/** One choice for all plots that show one candidate, so that it stays while views change. */
function pick() {
  const blocks = [...plots.querySelectorAll('.of')];
  const names = new Map(blocks.map((block) => [block.dataset.of, block.querySelector('h4').textContent]));
  if (names.size < 2) {
    return;
  }
  const choice = el('select', { id: 'pick' }, ...[...names].map(([of, name]) => el('option', { value: of }, name)));
  const show = () => blocks.forEach((block) => { block.hidden = block.dataset.of !== choice.value; });
  choice.addEventListener('change', show);
  plots.classList.add('picked');
  plots.querySelector('.plots-top').append(
      el('div', { class: 'pick' }, el('label', { for: 'pick' }, 'Candidate'), choice));
  show();
}

/** A box beside the point that has the pointer or the focus. Screen readers have the point's own name instead. */
function tips() {
  const tip = el('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  const show = (point) => {
    const canvas = point.closest('.canvas');
    tip.textContent = point.getAttribute('aria-label');
    canvas.append(tip);
    tip.hidden = false;
    const at = point.getBoundingClientRect();
    const within = canvas.getBoundingClientRect();
    const left = at.left + at.width / 2 - within.left - tip.offsetWidth / 2;
    tip.style.left = `${Math.max(0, Math.min(left, within.width - tip.offsetWidth))}px`;
    const above = at.top - within.top - tip.offsetHeight - 6;
    tip.style.top = `${above >= 0 ? above : at.bottom - within.top + 6}px`;
  };
  for (const event of ['pointerover', 'focusin']) {
    plots.addEventListener(event, ({ target }) => {
      const point = target.closest('.point');
      if (point) {
        show(point);
      }
    });
  }
  for (const event of ['pointerout', 'focusout']) {
    plots.addEventListener(event, () => { tip.hidden = true; });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      tip.hidden = true;
    }
  });
}

/** What is explained is a button; the address names the candidate, then the figure and the way through its inputs. */
function explanations() {
  const open = (point) => {
    const [of, figure, ...inputs] = point.dataset.why.split('/');
    location.hash = address(results().data.candidates[of].name, figure, inputs);
  };
  for (const point of plots.querySelectorAll('[data-why]')) {
    point.setAttribute('role', 'button');
    point.setAttribute('aria-haspopup', 'dialog');
    point.addEventListener('click', () => open(point));
    point.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open(point);
      }
    });
  }
}

/** One stop of the tab key for each drawing; arrows walk its points. */
function walks() {
  for (const drawing of plots.querySelectorAll('.canvas > svg')) {
    const points = [...drawing.querySelectorAll('.point')];
    points.forEach((point, at) => point.setAttribute('tabindex', at === 0 ? '0' : '-1'));
    drawing.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const here = points.indexOf(document.activeElement);
      const next = step && points[here + step];
      if (here >= 0 && next) {
        event.preventDefault();
        points[here].setAttribute('tabindex', '-1');
        next.setAttribute('tabindex', '0');
        next.focus();
      }
    });
  }
}

if (views.length > 0) {
  tabs();
  pick();
  tips();
  explanations();
  walks();
  select(views[0], false);
}
