// The report page in Chromium: what a reader does with it, and what it must never do.
//
// One browser, a fresh page for each test; node's own assert; output is TAP.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const {pathToFileURL} = require('node:url');
const {chromium} = require('playwright-core');
const {HtmlValidate} = require('html-validate');

const folder = process.argv[2];
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const tests = [];
const test = (name, options, run) => tests.push({name, options, run});

// What a person sees of the table: the text of a column's visible cells.
const column = (page, n) => page.$$eval('section.table tbody tr', (rows, at) =>
  rows.filter(row => !row.hidden).map(row => row.cells[at].firstChild?.textContent.trim() ?? ''), n);
const head = (page, name) => page.locator('section.table thead th', {hasText: name}).first();
const count = page => page.locator('section.table output').first().textContent();

test('all rows are there and counted', {}, async page => {
  assert.equal((await column(page, 0)).length, 13);
  assert.equal(await count(page), '13 rows');
});

test('the filter shows rows that have all its words', {}, async page => {
  await page.getByLabel('Filter').fill('LORA');
  assert.deepEqual(await column(page, 0), ['LoRA', 'QLoRA']);
  assert.equal(await count(page), '2 of 13 rows');
  await page.getByLabel('Filter').fill('lora 65B');
  assert.deepEqual(await column(page, 0), ['QLoRA']);
  await page.getByLabel('Filter').fill('no such paper');
  assert.deepEqual(await column(page, 0), []);
  await page.getByLabel('Filter').fill('');
  assert.equal(await count(page), '13 rows');
});

test('rows are shown by status and by finding, together with the filter', {}, async page => {
  const options = await page.getByLabel('Show').locator('option').allTextContents();
  assert.deepEqual(options, ['All rows', 'To do (8)', 'Doing (1)', 'Done (4)', 'With findings (2)']);
  await page.getByLabel('Show').selectOption('Done (4)');
  assert.deepEqual(await column(page, 4), ['Read', 'Read', 'Read', 'Read']);
  await page.getByLabel('Filter').fill('lima');
  assert.deepEqual(await column(page, 0), ['LIMA']);
  await page.getByLabel('Filter').fill('');
  await page.getByLabel('Show').selectOption('With findings (2)');
  assert.equal((await column(page, 0)).length, 2);
});

test('a header sorts up, down, and back to the order of the file', {}, async page => {
  const before = await column(page, 0);
  const th = head(page, 'Paper'), button = th.getByRole('button');
  const byName = [...before].sort((a, b) => a.localeCompare(b, 'en', {sensitivity: 'base'}));
  await button.click();
  assert.equal(await th.getAttribute('aria-sort'), 'ascending');
  assert.deepEqual(await column(page, 0), byName);
  await button.click();
  assert.equal(await th.getAttribute('aria-sort'), 'descending');
  assert.deepEqual(await column(page, 0), byName.reverse());
  await button.click();
  assert.equal(await th.getAttribute('aria-sort'), null);
  assert.deepEqual(await column(page, 0), before);
});

test('a status column sorts by how far it is', {}, async page => {
  await head(page, 'Read or Not').getByRole('button').click();
  const words = (await column(page, 4)).map(word => word.toLowerCase());
  assert.deepEqual([...new Set(words)], ['not read', 'reading', 'read']);
});

test('numbers sort as numbers, nothing comes last', {file: 'values.html'}, async page => {
  const button = head(page, 'Number').getByRole('button');
  await button.click();
  assert.deepEqual(await column(page, 1), ['-3', '0.25', '1.5', '9', '10', '1,200', '']);
  await button.click();
  assert.deepEqual(await column(page, 1), ['1,200', '10', '9', '1.5', '0.25', '-3', '']);
  await head(page, 'Text').getByRole('button').click();
  assert.deepEqual(await column(page, 0), ['a2', 'a10', 'É', 'f', 'Ω', '日本', '🎉'].sort(
    new Intl.Collator('en', {numeric: true, sensitivity: 'base'}).compare));
});

test('everything can be done by keyboard', {}, async page => {
  const reach = async is => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(is)) return;
    }
    assert.fail('not reached by Tab');
  };
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await reach(() => document.activeElement.type === 'search');
  await page.keyboard.type('lora');
  await page.waitForFunction(() => document.querySelector('output').textContent.startsWith('2 of'));
  await reach(() => document.activeElement.closest('thead') !== null && document.activeElement.tagName === 'BUTTON');
  await page.keyboard.press('Enter');
  assert.equal(await head(page, 'Paper').getAttribute('aria-sort'), 'ascending');
  await page.keyboard.press('Space');
  assert.deepEqual(await column(page, 0), ['QLoRA', 'LoRA']);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BUTTON', 'the focus stays');
});

test('marks lead to findings and back', {}, async page => {
  const mark = page.locator('td .mark').first();
  const number = /finding-(\d+)/.exec(await mark.getAttribute('href'))[1];
  await mark.click();
  assert.equal(await page.evaluate(() => document.querySelector(':target').id), `finding-${number}`);
  await page.locator(`#finding-${number} a`).click();
  assert.equal(await page.evaluate(() => document.querySelector(':target').id), `at-${number}`);
});

test('progress over time is drawn, and there as a table', {}, async page => {
  assert.match(await page.locator('figure svg desc').textContent(), /^Done 2 of 13 on 2026-01-02; 4 of 13 on 2026-04-11\.$/);
  await page.getByText('The chart as a table').click();
  const rows = await page.$$eval('.points tbody tr', all => all.map(row => [...row.cells].map(c => c.textContent)));
  assert.deepEqual(rows, [['2026-01-02', '2', '13'], ['2026-03-01', '3', '13'], ['2026-04-11', '4', '13']]);
});

test('dark where the system is dark', {}, async page => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await ground(), 'rgb(255, 255, 255)');
  await page.emulateMedia({colorScheme: 'dark'});
  assert.equal(await ground(), 'rgb(13, 17, 23)');
});

for (const colorScheme of ['light', 'dark'])
  for (const file of ['list.html', 'many.html', 'values.html'])
    test(`axe finds nothing serious in ${file}, ${colorScheme}`, {file, colorScheme}, async page => {
      await page.evaluate(axeSource);
      const {violations} = await page.evaluate(() => axe.run(document, {resultTypes: ['violations']}));
      const serious = violations.filter(v => ['serious', 'critical'].includes(v.impact));
      assert.deepEqual(serious.map(v => `${v.id}: ${v.nodes[0].html}: ${v.nodes[0].failureSummary}`), []);
    });

for (const file of ['list.html', 'many.html', 'values.html'])
  test(`${file} fits 360 pixels; wide tables scroll by themselves`, {file, width: 360, height: 740}, async page => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
    const wider = await page.$$eval('.scroll', all => all.filter(e => e.scrollWidth > e.clientWidth).length);
    if (file === 'list.html') assert.ok(wider > 0);
    const over = await page.$$eval('.tools', all => all.filter(tools => {
      const boxes = [...tools.querySelectorAll('input, select, output')].map(e => e.getBoundingClientRect());
      return boxes.some((a, i) => boxes.slice(i + 1).some(b =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    }).length);
    assert.equal(over, 0, 'tools do not stand over each other');
  });

test('4K shows more, in larger letters', {width: 3840, height: 2160}, async page => {
  const is = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    main: document.querySelector('main').clientWidth,
    font: parseFloat(getComputedStyle(document.body).fontSize),
  }));
  assert.ok(is.page <= 3840 && is.main > 1800 && is.font >= 20, JSON.stringify(is));
});

test('printed it is whole: no tools, nothing that scrolls', {}, async page => {
  await page.emulateMedia({media: 'print'});
  assert.equal(await page.getByLabel('Filter').isVisible(), false);
  const hidden = await page.$$eval('.scroll', all => all.filter(e => getComputedStyle(e).overflowY !== 'visible').length);
  assert.equal(hidden, 0);
  assert.ok((await page.pdf({format: 'A4'})).length > 10000);
});

test('a matrix of 60 columns keeps its names in sight, and is whole on paper, in light colors', {file: 'odd.html'}, async page => {
  const lefts = () => page.$$eval('section.table:has(th:nth-child(60)) tr', rows => {
    const box = rows[0].closest('.scroll').getBoundingClientRect();
    return [rows[0], rows[9]].map(row => Math.round(row.cells[0].getBoundingClientRect().left - box.left));
  });
  const before = await lefts();
  await page.$eval('section.table:has(th:nth-child(60)) .scroll', e => { e.scrollLeft = 900; });
  assert.deepEqual(await lefts(), before);
  await page.emulateMedia({media: 'print', colorScheme: 'dark'});
  await page.setViewportSize({width: 1200, height: 1000}); // a printer shrinks to half
  const over = await page.$$eval('.scroll', all => all.filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1).length);
  assert.equal(over, 0, 'nothing is cut off, nothing runs over what follows');
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('td.done')).backgroundColor), 'rgb(225, 239, 254)');
});

test('a table in Arabic runs from right to left, header and cells alike', {file: 'odd.html'}, async page => {
  const section = page.locator('section.table[dir=rtl]');
  assert.equal(await section.count(), 1);
  const rights = await section.evaluate(e => [...e.querySelectorAll('tr')].map(row => {
    const range = document.createRange();
    range.selectNodeContents(row.cells[0]);
    return Math.round(range.getBoundingClientRect().right);
  }));
  assert.equal(new Set(rights).size, 1, `${rights}`);
  const [first, last] = await section.evaluate(e => [0, 2].map(i => e.querySelector('tr').cells[i].getBoundingClientRect().left));
  assert.ok(first > last);
  const value = await page.locator('.progress .v', {hasText: 'غير مقروء'}).first().evaluate(e => {
    const text = document.createRange(), number = e.querySelector('b');
    text.selectNodeContents(e.firstChild);
    return [e.getBoundingClientRect().left, text.getBoundingClientRect().left, number.getBoundingClientRect().left];
  });
  assert.ok(value[0] < value[1] && value[1] < value[2], 'dot, word, number');
});

test('complete without script', {javaScriptEnabled: false}, async page => {
  assert.equal(await page.locator('section.table tbody tr:visible').count(), 13);
  assert.equal(await page.locator('input, select, button').count(), 0);
});

test('what documents hold never runs', {file: 'hostile.html'}, async page => {
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  const urls = await page.$$eval('a[href]', all => all.map(a => a.protocol));
  assert.deepEqual(urls.filter(p => !['file:', 'https:', 'http:', 'mailto:'].includes(p)), []);
});

// From the click to the frame that shows what it did; the least of three, since what else
// the machine does is not the page's doing.
const timed = async (page, act) => {
  const times = [];
  for (let i = 0; i < 3; i++)
    times.push(await page.evaluate(async code => {
      const start = performance.now();
      await new Function(`return (async () => { ${code} })()`)();
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }, act));
  return Math.min(...times);
};

test('10,000 rows are sorted and filtered; how fast is printed', {file: 'big.html', bypassCSP: true}, async page => {
  const times = {};
  for (const name of ['Name', 'Score', 'Status'])
    times[name] = await timed(page, `[...document.querySelectorAll('thead button')].find(b => b.textContent === '${name}').click()`);
  times.filter = await timed(page, `
    const words = document.querySelector('input'), count = document.querySelector('output');
    const before = count.textContent;
    words.value += '7';
    words.dispatchEvent(new Event('input'));
    while (count.textContent === before) await new Promise(done => setTimeout(done, 5));`);
  times.show = await timed(page, `
    const choice = document.querySelector('select');
    choice.value = 1 - choice.value;
    choice.dispatchEvent(new Event('change'));`);
  console.log(`# ${Object.entries(times).map(([k, v]) => `${k} ${v.toFixed(0)} ms`).join(', ')}`);
  const shown = await page.$$eval('section.table tbody tr', rows => rows.map(row => row.textContent));
  assert.ok(shown.length > 0 && shown.every(text => text.includes('777')));
  assert.match(await count(page), /^\d+ of 10000 rows$/);
});

test('of many rows the first stand there, all when asked for or printed', {file: 'big.html'}, async page => {
  const there = () => page.locator('section.table tbody tr').count();
  assert.equal(await there(), 500);
  assert.equal(await count(page), '10000 rows');
  await page.getByLabel('Filter').fill('item 99999');
  await page.waitForFunction(() => document.querySelector('output').textContent.includes(' of '));
  assert.ok(await there() < 500);
  assert.equal(await page.locator('.more').isVisible(), false);
  await page.getByLabel('Filter').fill('');
  await page.waitForFunction(() => document.querySelector('output').textContent === '10000 rows');
  await page.getByRole('button', {name: 'Show 9500 more rows'}).click();
  assert.equal(await there(), 10000);
});

test('a finding far below is reached by its link', {file: 'big.html'}, async page => {
  await page.locator('#finding-1 a').click();
  await page.waitForFunction(() => document.querySelector('tr :target'));
});

async function validate() {
  const html = new HtmlValidate({extends: ['html-validate:standard']});
  for (const file of ['list.html', 'many.html', 'values.html', 'hostile.html']) {
    const report = await html.validateFile(path.join(folder, file));
    const found = report.results.flatMap(r => r.messages.map(m => `${file}:${m.line}: ${m.message} [${m.ruleId}]`));
    assert.deepEqual(found, []);
  }
}

async function inBrowser(browser, {options, run}) {
  const {file = 'list.html', width = 1280, height = 900, ...context} = options;
  const ctx = await browser.newContext({viewport: {width, height}, colorScheme: 'light', ...context});
  const page = await ctx.newPage(), url = pathToFileURL(path.join(folder, file)).href;
  const said = [];
  page.on('console', m => said.push(`console: ${m.text()}`));
  page.on('pageerror', e => said.push(`error: ${e.message}`));
  page.on('request', r => r.url().split('#')[0] === url || said.push(`request: ${r.url()}`));
  page.on('dialog', d => { said.push(`dialog: ${d.message()}`); d.dismiss(); });
  try {
    await page.goto(url);
    await run(page);
    assert.deepEqual(said, [], 'the page says nothing and asks for nothing');
  } finally {
    await ctx.close();
  }
}

async function main() {
  const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync']});
  tests.push({name: 'html-validate is content', validate});
  let n = 0;
  for (const t of tests) {
    try {
      await (t.validate ? t.validate() : inBrowser(browser, t));
      console.log(`ok ${++n} - ${t.name}`);
    } catch (e) {
      console.log(`not ok ${++n} - ${t.name}\n${String(e.message).replace(/^/gm, '# ')}`);
    }
  }
  console.log(`1..${n}`);
  await browser.close();
}

main().catch(e => {
  console.log(`not ok 1 - the browser runs\n# ${e.message}`);
  process.exitCode = 1;
});
