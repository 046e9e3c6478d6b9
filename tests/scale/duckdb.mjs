// The lines of `rowmark rows --history` into DuckDB: duckdb.mjs ROWS.jsonl PARQUET-FOLDER. Writes
// Parquet, and prints what the queries of docs/scale.md give as JSON.
import {DuckDBInstance} from '@duckdb/node-api';

const [file, folder] = process.argv.slice(2);
const db = await (await DuckDBInstance.create()).connect();
const all = async sql => (await db.runAndReadAll(sql)).getRowObjectsJson();
const text = name => `'${name.replaceAll("'", "''")}'`;

await db.run(`CREATE TABLE lines AS SELECT * FROM read_json(${text(file)}, format = 'newline_delimited',
  columns = {type: 'VARCHAR', repository: 'VARCHAR', "table": 'VARCHAR', key: 'VARCHAR', class: 'VARCHAR',
  cells: 'JSON', kind: 'VARCHAR', "commit": 'VARCHAR', author: 'VARCHAR', time: 'BIGINT', "column": 'VARCHAR',
  "old": 'VARCHAR', "new": 'VARCHAR'})`);
await db.run(`COPY (SELECT * FROM lines WHERE type = 'row') TO ${text(folder + '/rows.parquet')} (FORMAT parquet)`);
await db.run(`COPY (SELECT * FROM lines WHERE type = 'change') TO ${text(folder + '/changes.parquet')} (FORMAT parquet)`);
const [progress] = await all(`SELECT count(*)::INT AS total, count(*) FILTER (class = 'done')::INT AS done,
  count(DISTINCT repository)::INT AS repositories FROM ${text(folder + '/rows.parquet')}`);
// The burn-up: rows there are and rows that are done, after each day, over all repositories.
const burnup = await all(`SELECT day::VARCHAR AS day, (sum(added) OVER days)::INT AS total, (sum(done) OVER days)::INT AS done FROM (
  SELECT to_timestamp(time)::DATE AS day,
    count(*) FILTER (kind = 'added') - count(*) FILTER (kind = 'removed') AS added,
    count(*) FILTER ("column" = 'Status' AND "new" = 'Done') - count(*) FILTER ("column" = 'Status' AND "old" = 'Done') AS done
  FROM ${text(folder + '/changes.parquet')} GROUP BY day) WINDOW days AS (ORDER BY day) ORDER BY day`);
console.log(JSON.stringify({progress, burnup}));
