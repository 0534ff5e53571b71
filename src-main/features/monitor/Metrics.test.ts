import { expect, test } from 'vitest';
import { Metrics } from './Metrics.ts';

test('what stands in a label cannot end it, or the line', () => {
	const metrics = new Metrics();
	metrics.add('asked_total', 'Asked.', { model: 'a "quoted" \\ name\nasked_total{model="b"} 9' });
	expect(metrics.text()).toBe(
		'# HELP asked_total Asked.\n# TYPE asked_total counter\nasked_total{model="a \\"quoted\\" \\\\ name\\nasked_total{model=\\"b\\"} 9"} 1\n',
	);
});

test('labels without end go together in one line', () => {
	const metrics = new Metrics();
	for (let n = 0; n < 1000; n++) metrics.add('asked_total', 'Asked.', { model: `${n}` });
	const lines = metrics.text().trimEnd().split('\n').slice(2);
	expect(lines).toHaveLength(301);
	expect(lines.at(-1)).toBe('asked_total{model="other"} 700');
});
