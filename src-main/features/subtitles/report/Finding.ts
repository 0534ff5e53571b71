import type { Breach } from '#contract/breachesOf.ts';

/** One cue as a report looks at it. Texts as they stand in the project, tags and all. */
export interface ReportCue {
	id: string;
	/** Its place in the file, from 1, in which those count too that are not looked at. */
	number: number;
	startMs: number;
	endMs: number;
	source: string;
	/** Empty: not translated. */
	target: string;
	/** Tags that the translation has lost or written twice. */
	tagFaults: readonly { what: 'lost' | 'doubled' | 'crossed'; tag: string }[];
	/** The mean log-probability of the translation's tokens, 0 or less; null where no model wrote it. */
	confidence: number | null;
	isApproved: boolean;
}

/** What a term is to be in the translation. */
export interface GlossaryTerm {
	source: string;
	target: string;
}

/** Something about a cue that a person should look at. */
export type Finding =
	| { kind: 'untranslated' }
	/** The translation is in another language or script than it is to be. */
	| { kind: 'language' }
	/** The translation is the source, word for word. */
	| { kind: 'identical' }
	/** Numbers of the source that the translation has not, and the other way round, as they are written. */
	| { kind: 'numbers'; missing: string[]; added: string[] }
	/** Addresses of the web or of mail that the translation has not. */
	| { kind: 'addresses'; missing: string[] }
	/** A name of the source that is otherwise written as `usual`. */
	| { kind: 'name'; name: string; usual: string }
	| { kind: 'tag'; what: 'lost' | 'doubled' | 'crossed'; tag: string }
	| { kind: 'glossary'; source: string; target: string }
	/** How many times as long as its source it is, and what is usual here. */
	| { kind: 'ratio'; measured: number; usual: number }
	| { kind: 'confidence'; measured: number }
	| { kind: 'rule'; breach: Breach };

export type FindingKind = Finding['kind'];

/** Of a cue: what was found, and how likely it is that a person will change it, for sorting and nothing else: 0 to 1. */
export interface ReportedCue {
	cue: ReportCue;
	findings: Finding[];
	risk: number;
}
