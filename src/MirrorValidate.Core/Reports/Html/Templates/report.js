// Search, filters, sorting, and rows that open. Without scripts the page has everything but these.
'use strict';

document.documentElement.classList.add('js');

document.addEventListener('DOMContentLoaded', () => {
  const table = document.getElementById('rows');
  if (!table) return;
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const controls = document.getElementById('controls');
  const search = document.getElementById('search');
  const filters = ['status', 'reason', 'registry', 'change'].map(id => document.getElementById(id)).filter(Boolean);
  const number = value => value.toLocaleString('en');
  const valueOf = (row, name) => row.querySelector(`.${name}`).textContent;

  // What a search looks through: the cells, and without its tags what the row opens to.
  const texts = new Map();
  const textOf = row => {
    let text = texts.get(row);
    if (text === undefined) {
      text = row.textContent.replace(/<[^>]*>/g, ' ').toLowerCase();
      texts.set(row, text);
    }

    return text;
  };

  const tests = {
    status: (row, value) => row.dataset.status === value,
    registry: (row, value) => row.dataset.from === value || row.dataset.to === value,
    reason: (row, value) => valueOf(row, 'reason') === value,
    change: (row, value) => valueOf(row, 'change') === value,
  };

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = filters.filter(({ value }) => value);
    let count = 0;
    for (const row of rows) {
      const isShown = active.every(({ id, value }) => tests[id](row, value))
        && words.every(word => textOf(row).includes(word));
      row.hidden = !isShown;
      if (details.has(row)) details.get(row).hidden = !isShown || !row.classList.contains('open');
      if (isShown) count++;
    }

    document.getElementById('shown').textContent = `${number(count)} of ${number(rows.length)} shown`;
    document.getElementById('none').hidden = count > 0;
    findFolded(words);
  };

  // Images that are not in the table are lines of text.
  const maximumFound = 100;
  const folded = document.getElementById('folded');
  let lines = null;
  const findFolded = words => {
    if (!folded) return;
    lines ??= folded.textContent.split('\n').filter(Boolean).map(line => ({ line, text: line.toLowerCase() }));
    const found = words.length > 0 ? lines.filter(({ text }) => words.every(word => text.includes(word))) : [];
    const more = found.length > maximumFound ? `, of which these are the first ${maximumFound}` : '';
    document.getElementById('found').textContent =
      words.length > 0 ? `The search finds ${number(found.length)} of them${more}.` : '';
    document.getElementById('matches').replaceChildren(...found.slice(0, maximumFound).map(({ line }) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }));
  };

  search.addEventListener('input', filter);
  for (const select of filters) select.addEventListener('change', filter);
  controls.addEventListener('reset', () => setTimeout(filter));
  controls.addEventListener('submit', event => event.preventDefault());

  // Sorting.
  const order = { Failed: 0, Error: 1, Passed: 2 };
  const collator = new Intl.Collator('en', { numeric: true });
  const sorts = {
    number: { keyOf: cell => Number(cell.textContent), compare: (one, other) => one - other },
    status: { keyOf: cell => order[cell.parentNode.dataset.status], compare: (one, other) => one - other },
    text: { keyOf: cell => cell.textContent, compare: collator.compare },
  };

  const sort = (header, column) => {
    const isDescending = header.getAttribute('aria-sort') === 'ascending';
    for (const other of headers) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
    const { keyOf, compare } = sorts[header.dataset.sort];
    const keyed = rows.map(row => ({ row, key: keyOf(row.cells[column]) }));
    keyed.sort((one, other) => isDescending ? compare(other.key, one.key) : compare(one.key, other.key));
    body.append(...keyed.flatMap(({ row }) => details.has(row) ? [row, details.get(row)] : [row]));
  };

  headers.forEach((header, column) => {
    if (header.dataset.sort) header.replaceChildren(button(header.textContent, () => sort(header, column)));
  });

  // Rows that open. What they open to waits as text in a noscript element until then.
  const details = new Map();
  const makeDetails = row => {
    const more = document.createElement('tr');
    more.className = 'more';
    const cell = more.insertCell();
    cell.colSpan = headers.length;
    const parsed = document.createElement('template');
    parsed.innerHTML = row.querySelector('noscript').textContent;
    cell.append(parsed.content.querySelector('.detail'));
    for (const code of cell.querySelectorAll('.platforms code, dl code')) code.after(copyButton(code));
    row.after(more);
    details.set(row, more);
  };

  const toggle = (row, isOpen) => {
    if (isOpen && !details.has(row)) makeDetails(row);
    row.classList.toggle('open', isOpen);
    row.querySelector('.opener button').setAttribute('aria-expanded', String(isOpen));
    if (details.has(row)) details.get(row).hidden = !isOpen;
  };

  const copyButton = code => {
    const text = code.textContent;
    const copier = button('Copy', async () => {
      await copy(text, code);
      copier.textContent = 'Copied';
      setTimeout(() => { copier.textContent = 'Copy'; }, 2000);
    });
    copier.className = 'copy';
    copier.setAttribute('aria-label', `Copy ${text}`);
    return copier;
  };

  // Where a page may not use the clipboard, the browser copies what is selected.
  const copy = async (text, element) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection().selectAllChildren(element);
      document.execCommand('copy');
    }
  };

  function button(text, click) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    if (click) made.addEventListener('click', click);
    return made;
  }

  for (const row of rows) {
    const opener = button('▸');
    opener.setAttribute('aria-expanded', 'false');
    opener.setAttribute('aria-label', `Details of ${valueOf(row, 'image')} ${valueOf(row, 'tag')}`);
    row.cells[0].append(opener);
  }

  body.addEventListener('click', event => {
    const row = event.target.closest('[data-status]');
    // A click that ends a selection is none.
    if (row && getSelection().isCollapsed) toggle(row, !row.classList.contains('open'));
  });

  // On paper, what did not pass is open.
  const maximumPrinted = 500;
  addEventListener('beforeprint', () => {
    const open = rows.filter(row => !row.hidden && row.dataset.status !== 'Passed').slice(0, maximumPrinted);
    for (const row of open) toggle(row, true);
    for (const changes of document.querySelectorAll('.changes details')) changes.open = true;
  });

  filter();
});
