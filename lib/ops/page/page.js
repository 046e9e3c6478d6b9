'use strict';
// Sorting and filtering. Each table is complete as it stands; the tools are made here.
(() => {
  const few = 5; // rows that are seen at a glance need no filter
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

  const addSorting = (heads, body, rows) => {
    const keys = [];
    const sort = (head, column) => {
      const was = head.getAttribute('aria-sort');
      const way = was ? next[was] : 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      let order = rows.map((row, i) => i);
      if (way) {
        const k = keys[column] ||= keysOf(rows, column, 'status' in head.dataset);
        head.setAttribute('aria-sort', way);
        order.sort((a, b) => compare(k[a], k[b], ways[way]) || a - b);
      }
      // Out of the page while its rows move: laid out once, not row by row.
      const table = body.parentNode;
      body.remove();
      body.append(...order.map(i => rows[i]));
      table.append(body);
    };
    heads.forEach((head, column) => {
      const button = make('button', {type: 'button'});
      button.append(...[...head.childNodes].filter(
        node => !(node.classList && node.classList.contains('mark'))));
      // A link in a button could not be followed by keyboard.
      for (const link of button.querySelectorAll('a')) link.replaceWith(...link.childNodes);
      if (!button.textContent.trim()) button.append(make('span', {className: 'sr', textContent: `Column ${column + 1}`}));
      head.prepend(button);
      button.addEventListener('click', () => sort(head, column));
    });
  };

  // What can be chosen: how far rows are, where one column tells it; rows with findings.
  const choicesOf = (heads, rows) => {
    const choices = [['All rows', null]];
    const add = (name, fits) => {
      const rowsThere = new Set(rows.filter(fits));
      if (rowsThere.size) choices.push([`${name} (${rowsThere.size})`, rowsThere]);
    };
    const status = heads.map((head, i) => 'status' in head.dataset ? i : -1).filter(i => i >= 0);
    if (status.length === 1)
      for (const [name, word] of [['To do', 'todo'], ['Doing', 'doing'], ['Done', 'done']])
        add(name, row => row.cells[status[0]]?.classList.contains(word));
    add('With findings', row => row.querySelector('.mark'));
    return choices;
  };

  const addFilters = (section, heads, rows) => {
    const tools = section.querySelector('.tools'), count = tools.querySelector('output');
    const all = count.textContent;
    const words = make('input', {type: 'search', autocomplete: 'off', spellcheck: false});
    const choice = make('select');
    const choices = choicesOf(heads, rows);
    let texts, timer;
    const filter = () => {
      const wanted = words.value.toLowerCase().split(/\s+/);
      const among = choices[choice.value][1];
      let shown = 0;
      texts ||= rows.map(row => row.textContent.toLowerCase());
      rows.forEach((row, i) => {
        const fits = (!among || among.has(row)) && wanted.every(word => texts[i].includes(word));
        if (row.hidden === fits) row.hidden = !fits;
        shown += fits;
      });
      count.textContent = shown === rows.length ? all : `${shown} of ${all}`;
    };
    choices.forEach(([name], i) => choice.append(make('option', {value: i, textContent: name})));
    if (choices.length > 1) tools.prepend(labelled('Show', choice));
    tools.prepend(labelled('Filter', words));
    words.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(filter, rows.length > 1000 ? 120 : 0);
    });
    choice.addEventListener('change', filter);
    choice.value = 0;
  };

  for (const section of document.querySelectorAll('section.table')) {
    const body = section.querySelector('tbody'), rows = [...body.rows];
    const heads = [...section.querySelectorAll('thead th')];
    if (rows.length > 1) addSorting(heads, body, rows);
    if (rows.length > few) addFilters(section, heads, rows);
  }
})();
