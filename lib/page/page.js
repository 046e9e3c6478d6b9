'use strict';
// Sorting and filtering. Each table is complete as it is; the tools are made here.
//
//	rows -- order -- fits -- the first of them      what is in the page
//	        sorting  filter  at most `most`
//
// Only so many rows stand in the page as a browser lays out at once; a button shows the
// others, and so does printing, or a link that leads to one of them.
(() => {
  const few = 5; // rows that are seen at a glance need no filter
  const most = 500;
  const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
  const make = (tag, props) => Object.assign(document.createElement(tag), props);

  const labelled = (text, control) => {
    const label = make('label', {textContent: text});
    label.append(control);
    return label;
  };

  // What a cell says, without the marks of findings.
  const textOf = cell => {
    let text = '';
    for (const node of cell ? cell.childNodes : [])
      if (!node.classList || !node.classList.contains('mark')) text += node.textContent;
    return text.trim();
  };

  // The values of a column, made once: a rank in a status column, numbers where all are.
  const keysOf = (rows, column, ranked) => {
    const texts = rows.map(row => textOf(row.cells[column]));
    if (ranked)
      return rows.map((row, i) => Number(row.cells[column]?.dataset.r || 0) || texts[i]);
    const numbers = texts.map(text => text === '' ? '' : Number(text.replace(/[,_%]/g, '')));
    return numbers.some(n => Number.isNaN(n)) ? texts : numbers;
  };

  // Values without a rank follow those that have one; nothing comes last, either way.
  const compare = (a, b, way) => {
    if (a === '' || b === '') return (a === '') - (b === '');
    if (typeof a !== typeof b) return way * (typeof a === 'number' ? -1 : 1);
    return way * (typeof a === 'number' ? a - b : collator.compare(a, b));
  };

  const ways = {ascending: 1, descending: -1};
  const next = {ascending: 'descending', descending: null};

  const addSorting = (view, heads) => {
    const keys = [];
    const sort = (head, column) => {
      const was = head.getAttribute('aria-sort'), way = was ? next[was] : 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      view.order = view.rows.map((row, i) => i);
      if (way) {
        const k = keys[column] ||= keysOf(view.rows, column, 'status' in head.dataset);
        head.setAttribute('aria-sort', way);
        view.order.sort((a, b) => compare(k[a], k[b], ways[way]) || a - b);
      }
      view.draw();
    };
    heads.forEach((head, column) => {
      const button = make('button', {type: 'button'});
      button.append(...[...head.childNodes].filter(
        node => !(node.classList && node.classList.contains('mark'))));
      // A link in a button could not be followed by keyboard.
      for (const link of button.querySelectorAll('a')) link.replaceWith(...link.childNodes);
      if (!button.textContent.trim())
        button.append(make('span', {className: 'sr', textContent: `Column ${column + 1}`}));
      head.prepend(button);
      button.addEventListener('click', () => sort(head, column));
    });
  };

  // What can be chosen: how far rows are, where one column says so; rows with findings.
  const choicesOf = (heads, rows) => {
    const choices = [['All rows', () => true]];
    const add = (name, fits) => {
      const those = new Set(rows.filter(fits));
      if (those.size) choices.push([`${name} (${those.size})`, row => those.has(row)]);
    };
    const status = heads.map((head, i) => 'status' in head.dataset ? i : -1).filter(i => i >= 0);
    if (status.length === 1)
      for (const [name, word] of [['To do', 'todo'], ['Doing', 'doing'], ['Done', 'done']])
        add(name, row => row.cells[status[0]]?.classList.contains(word));
    add('With findings', row => row.querySelector('.mark'));
    return choices;
  };

  const addFilters = (view, heads, tools) => {
    const words = make('input', {type: 'search', autocomplete: 'off', spellcheck: false});
    const choice = make('select'), choices = choicesOf(heads, view.rows);
    let texts, timer;
    const filter = () => {
      const wanted = words.value.toLowerCase().split(/\s+/), among = choices[choice.value][1];
      texts ||= view.rows.map(row => row.textContent.toLowerCase());
      view.fits = i => among(view.rows[i]) && wanted.every(word => texts[i].includes(word));
      view.draw();
    };
    choices.forEach(([name], i) => choice.append(make('option', {value: i, textContent: name})));
    choice.value = 0;
    if (choices.length > 1) tools.prepend(labelled('Show', choice));
    tools.prepend(labelled('Filter', words));
    // Of many rows only a pause in the typing is worth a drawing.
    words.addEventListener('input', () => {
      clearTimeout(timer);
      if (view.rows.length > 1000) timer = setTimeout(filter, 120);
      else filter();
    });
    choice.addEventListener('change', filter);
    view.clear = () => {
      words.value = '';
      choice.value = 0;
      filter();
    };
  };

  const viewOf = section => {
    const body = section.querySelector('tbody'), rows = [...body.rows];
    const count = section.querySelector('output'), all = count.textContent;
    const more = make('button', {type: 'button', className: 'more', hidden: true});
    const view = {rows, order: rows.map((row, i) => i), fits: () => true, most, clear() {}};
    view.draw = () => {
      const fitting = view.order.filter(view.fits), left = fitting.length - view.most;
      body.replaceChildren(...fitting.slice(0, view.most).map(i => rows[i]));
      count.textContent = fitting.length === rows.length ? all : `${fitting.length} of ${all}`;
      more.hidden = left <= 0;
      more.textContent = `Show ${left} more rows`;
    };
    view.showAll = () => {
      view.most = Infinity;
      view.draw();
    };
    more.addEventListener('click', view.showAll);
    section.append(more);
    return view;
  };

  const views = [...document.querySelectorAll('section.table')].map(section => {
    const view = viewOf(section), heads = [...section.querySelectorAll('thead th')];
    if (view.rows.length > 1) addSorting(view, heads);
    if (view.rows.length > few) addFilters(view, heads, section.querySelector('.tools'));
    if (view.rows.length > most) view.draw();
    return view;
  });

  // A link leads to a row that does not stand in the page: bring it there first.
  const reveal = () => {
    const id = location.hash.slice(1);
    if (!id.startsWith('at-') || document.getElementById(id)) return;
    for (const view of views)
      if (view.rows.some(row => row.querySelector(`#${id}`))) {
        view.clear();
        view.showAll();
        location.replace(`#${id}`);
      }
  };
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => views.forEach(view => view.rows.length > most && view.showAll()));
  reveal();
})();
