// The answers of rowmark --format json: JSON.parse(stdout) as Findings, Tables, Progress, Rows
// or Next. Keys are only ever added.

export interface Place {
	line: number; // from 1
	column: number; // in bytes, from 1
	endColumn: number; // behind the last byte
}

export interface Finding extends Place {
	path: string;
	level: "error" | "warning";
	rule: string; // rowmark check --rules lists them
	message: string;
	table?: string; // FILE#TABLE
	row?: string;
	label?: string; // the column
	found?: string;
	wanted?: string;
	hint?: string;
	fixable: boolean;
	fix?: (Place & { text: string })[];
	also?: Place[];
}

// rowmark check --format json; with jsonl each line is a Finding.
export interface Findings {
	version: 1;
	files: number;
	errors: number;
	warnings: number;
	fixable: number;
	findings: Finding[];
}

// rowmark ls --format json
export interface Tables {
	version: 1;
	tables: {
		address: string;
		file: string;
		line: number;
		rows: number;
		columns: string[];
		key: string | null;
		status: string[];
		done: number;
		total: number;
		declared: boolean;
		read_only: string | null; // why
	}[];
}

export type Class = "todo" | "doing" | "done" | "closed" | "unknown" | "empty";

export interface Counts {
	total: number;
	todo: number;
	doing: number;
	done: number;
	closed: number;
	unknown: number;
	empty: number;
	percent: number; // done of all that is not closed
	values: {
		value: string;
		progress: Class;
		count: number;
		spellings?: { text: string; count: number }[];
	}[];
}

// rowmark summary --format json
export interface Progress {
	version: 1;
	tables: (Counts & { address: string; file: string; table: string; column: string })[];
	total: Counts;
}

// rowmark show --format json
export interface Rows {
	version: 1;
	address: string;
	key: string | null;
	status: string[];
	columns: string[];
	lines: number[];
	rows: Record<string, string>[];
}

// rowmark next --format json
export interface Next {
	version: 1;
	rows: {
		address: string;
		line: number;
		row: string;
		status: string;
		progress: Class;
		link?: string;
		owner?: string; // where a column says who has a row
	}[];
}

// rowmark version --format json
export interface Version {
	version: 1;
	rowmark: string;
	formats: { cache: number; drivers: number; hooks: number }; // of what it keeps and installs
}
