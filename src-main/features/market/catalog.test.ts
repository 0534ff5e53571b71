import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kindOfName, readQuantization } from '../library/library.ts';
import { planGgufOf, readCatalog } from './catalog.ts';
import { isFilePath, isRepoName } from './remoteNames.ts';

const entries = readCatalog(join(import.meta.dirname, '../../../models/catalog.json'));
const GB = 1e9;

function readText(text: string) {
	const folder = mkdtempSync(join(tmpdir(), 'catalog-'));
	try {
		const file = join(folder, 'catalog.json');
		writeFileSync(file, text);
		return readCatalog(file);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

test('names every model of the catalogue once', () => {
	expect(entries.length).toBeGreaterThanOrEqual(20);
	expect(entries.length).toBeLessThanOrEqual(30);
	for (const name of ['id', 'name', 'sha256'] as const) {
		const told = entries.map((entry) => entry[name]).filter((value) => value !== null);
		expect(told.toSorted()).toEqual([...new Set(told)].toSorted());
	}
});

test.each(entries)('$id names a model file that a hub can have, and where each of its facts is from', (entry) => {
	expect(entry.id).toMatch(/^[a-z0-9][a-z0-9._-]*$/);
	expect(isRepoName(entry.repo)).toBe(true);
	expect(isFilePath(entry.file)).toBe(true);
	expect(kindOfName(entry.file)).toBe('model');
	expect(readQuantization(entry.file)).toBe(entry.quantization);
	expect(entry.license).toMatch(/^[a-z0-9.-]+$/);
	expect(entry.languages.every((code) => /^[a-z]{2}$/.test(code))).toBe(true);
	for (const summary of [entry.summary.en, entry.summary.zh]) expect(summary).toMatch(/^\S.{10,160}[.。]$/u);
	expect(entry.sources.length).toBeGreaterThan(0);
	for (const source of entry.sources) expect(new URL(source).protocol).toBe('https:');
	for (const fact of ['sizeBytes', 'sha256', 'shape'] as const) if (entry[fact] === null) expect(entry.unverified).toContain(fact);
});

test.each(entries)('$id has as many bytes as weights of its quantization take', ({ quantization, sizeBytes, parameters }) => {
	if (sizeBytes === null) return;
	const bits = (8 * sizeBytes) / parameters;
	const [least, most] = quantization === 'Q8_0' ? [8.2, 9] : [4.3, 5.8];
	expect(bits).toBeGreaterThan(least);
	expect(bits).toBeLessThan(most);
});

test('has models for computers with 4, 8 and 16 GB of memory, and for larger ones', () => {
	const sizes = entries.map(({ sizeBytes }) => sizeBytes ?? 0);
	const between = (least: number, most: number) => sizes.filter((bytes) => bytes > least * GB && bytes <= most * GB).length;
	expect(between(0, 2.2)).toBeGreaterThanOrEqual(6);
	expect(between(2.2, 6)).toBeGreaterThanOrEqual(6);
	expect(between(6, 12)).toBeGreaterThanOrEqual(5);
	expect(between(12, 24)).toBeGreaterThanOrEqual(4);
});

test.each(['grading', 'subtitles', 'chat', 'code', 'conversion', 'fineTuning'] as const)('has a model that suits %s', (use) => {
	expect(entries.some(({ suits }) => suits.includes(use))).toBe(true);
});

test.each(entries.filter(({ shape }) => shape !== null))('$id is planned with all of its bytes and no more', (entry) => {
	const gguf = planGgufOf(entry);
	if (gguf === null) throw new Error('the entry tells its shape and size');
	const layers = gguf.layerBytes.reduce((sum, bytes) => sum + bytes, 0);
	expect(gguf.tensorBytes - layers - gguf.outputBytes).toBeGreaterThanOrEqual(0);
	expect(gguf.tensorBytes - layers - gguf.outputBytes).toBeLessThan(gguf.blockCount);
	expect(gguf.outputBytes / gguf.tensorBytes).toBeGreaterThan(0.01);
	expect(gguf.outputBytes / gguf.tensorBytes).toBeLessThan(0.3);
	expect([gguf.layerBytes.length, gguf.headCountKvByBlock.length]).toEqual([gguf.blockCount, gguf.blockCount]);
});

test('shares the bytes out by the weights, also where experts are most of them', () => {
	const shape = {
		architecture: 'qwen3moe',
		blockCount: 2,
		contextTokens: 4096,
		embeddingLength: 100,
		feedForwardLength: 300,
		vocabularySize: 1000,
		headCountKv: 2,
		keyLength: 50,
		valueLength: 50,
		slidingWindow: null,
	};
	const { headCountKv, ...measures } = shape;
	expect(planGgufOf({ shape, sizeBytes: 5_000_000, parameters: 10_000_000 })).toEqual({
		...measures,
		tensorBytes: 5_000_000,
		outputBytes: 50_000,
		layerBytes: [2_475_000, 2_475_000],
		headCountKvByBlock: [headCountKv, headCountKv],
	});
});

test('plans nothing for a model whose shape or size is not known', () => {
	const { shape = null } = entries.find((entry) => entry.shape !== null) ?? {};
	expect(planGgufOf({ shape: null, sizeBytes: 1, parameters: 1 })).toBeNull();
	expect(planGgufOf({ shape, sizeBytes: null, parameters: 1 })).toBeNull();
});

test.each([
	['{"entries": [', /catalog\.json is no catalogue of models:\n.*JSON/],
	['{}', /catalog\.json is no catalogue of models:\n.*\n.*entries/],
	['{"entries": [{"id": 1}]}', /entries\[0\]\.id/],
])('tells where %j is no catalogue', (text, message) => {
	expect(() => readText(text)).toThrow(message);
});
