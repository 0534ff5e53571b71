import {
	addDependencies,
	create,
	createUnitDependencies,
	divideDependencies,
	fractionDependencies,
	multiplyDependencies,
	parseDependencies,
	powDependencies,
	subtractDependencies,
	unitDependencies,
} from 'mathjs';

/**
 * The part of mathjs that answers are checked with: its parser, its units and exact fractions.
 *
 * Nothing that a student wrote is ever evaluated by mathjs itself: evaluateMaths walks what was parsed, and knows what it allows.
 */
export const maths = create({
	...parseDependencies,
	...unitDependencies,
	...createUnitDependencies,
	...fractionDependencies,
	...addDependencies,
	...subtractDependencies,
	...multiplyDependencies,
	...divideDependencies,
	...powDependencies,
});

maths.createUnit({ dollar: {}, euro: {}, sterling: {}, yuan: {}, jiao: '0.1 yuan' });
